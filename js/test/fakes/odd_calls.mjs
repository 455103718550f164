// Calls that come at the wrong time, and odd arguments of what is not a transport. Rows are those of
// odd_arguments.mjs; a fourth column says that the call rejects, and does not throw.
import { connect, Gateway, Negotiation, SignalingClient, UdpSocket } from 'floe';

import { gateway, line, peer, stun } from './odd_arguments.mjs';

export const oddCalls = {
  'the rest of a transport': [
    [(t) => t.send('text'), 'TypeError', 'not-bytes'],
    [(t) => t.send([1, 2, 3]), 'TypeError', 'not-bytes'],
    [(t) => t.send(), 'TypeError', 'not-bytes'],
    [() => new Negotiation(), 'TypeError', 'bad-argument'],
    [() => new Negotiation({}), 'TypeError', 'bad-argument'],
    [(t) => new Negotiation(t, false), 'TypeError', 'bad-argument'],
    [(t) => new Negotiation(new Negotiation(t).transport), 'InvalidStateError', 'negotiated'],
  ],
  'the order of calls': [
    [(t) => t.gather() && t.gather(), 'InvalidStateError', 'gathered'],
    [
      started((t) => t.start({ ...peer, usernameFragment: 'efgh' })),
      'InvalidStateError',
      'start-refused',
    ],
    [
      started((t) => t.start({ ...peer, password: 'q'.repeat(22) })),
      'InvalidStateError',
      'start-refused',
    ],
    [started((t) => t.start(peer, 'controlled')), 'InvalidStateError', 'start-refused'],
    [
      started((t) => add(t, { candidate: line, usernameFragment: 'late' })),
      'OperationError',
      'other-generation',
    ],
    [started((t) => add(t, { usernameFragment: 'late' })), 'OperationError', 'other-generation'],
    [
      started((t) => add(t, { candidate: `${line} ufrag late` })),
      'OperationError',
      'other-generation',
    ],
    [stopped((t) => t.gather()), 'InvalidStateError', 'closed'],
    [stopped((t) => t.start({})), 'InvalidStateError', 'closed'],
    [stopped((t) => t.start({}, 'boss')), 'TypeError', 'bad-argument'],
    [stopped((t) => add(t, null)), 'InvalidStateError', 'closed'],
    [stopped((t) => add(t, { candidate: 'x' })), 'InvalidStateError', 'closed'],
    [stopped((t) => t.removeRemoteCandidate({ candidate: line })), 'InvalidStateError', 'closed'],
    [stopped((t) => t.restart()), 'InvalidStateError', 'closed'],
  ],
  'the other objects': [
    [() => new Gateway(), 'SyntaxError', 'bad-url'],
    [() => new Gateway('ftp://192.0.2.1/'), 'SyntaxError', 'bad-url'],
    [() => new Gateway(gateway, 'token'), 'TypeError', 'bad-argument'],
    [() => new Gateway(gateway, { signal: {} }), 'TypeError', 'bad-argument'],
    [() => new UdpSocket(gateway), 'TypeError', 'bad-argument'],
    [() => new UdpSocket({ gateway }), 'TypeError', 'bad-argument'],
    [() => new UdpSocket({ address: 'localhost' }), 'SyntaxError', 'bad-address'],
    [() => new UdpSocket({ portRange: [2, 1] }), 'TypeError', 'bad-argument'],
    [() => new SignalingClient('wss://'), 'SyntaxError', 'bad-url'],
    [() => new SignalingClient(gateway, { room: 'a room' }), 'SyntaxError', 'bad-room'],
    [() => new SignalingClient(gateway, { signal: 5 }), 'TypeError', 'bad-argument'],
  ],
  'connect()': [
    [() => connect(), 'TypeError', 'no-signaling', 'rejects'],
    [() => connect(gateway), 'TypeError', 'bad-argument', 'rejects'],
    [() => connect({ gateway }), 'TypeError', 'no-signaling', 'rejects'],
    [() => connect({ gateway, signaling: 'no url' }), 'SyntaxError', 'bad-url', 'rejects'],
    [
      () => connect({ signaling: gateway, iceServers: [stun] }),
      'TypeError',
      'bad-argument',
      'rejects',
    ],
    [
      () => connect({ signaling: gateway, signal: AbortSignal.abort() }),
      'AbortError',
      undefined,
      'rejects',
    ],
  ],
};

export function add(transport, init) {
  transport.addRemoteCandidate(init);
}

/** `call`, once the transport knows its peer, and is controlling. */
function started(call) {
  return (transport) => {
    transport.start(peer, 'controlling');
    return call(transport);
  };
}

function stopped(call) {
  return (transport) => {
    transport.stop();
    return call(transport);
  };
}
