// What W3C's texts refuse, and by which error: Web IDL's for types and enumerations, those of webrtc-ice
// for the order of calls and for texts. Each call throws at once, but for connect(), which rejects.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  connect,
  FloeError,
  Gateway,
  IceTransport,
  Negotiation,
  SignalingClient,
  UdpSocket,
} from 'floe';

import { candidateRows } from './fakes/candidate_rows.mjs';

const gateway = 'ws://127.0.0.1:9/tunnel'; // nobody needs to answer there
const usernameFragment = 'abcd';
const password = 'p'.repeat(22);
const peer = { usernameFragment, password };
const line = 'candidate:1 1 udp 2130706431 192.0.2.7 5000 typ host';
const stun = 'stun:192.0.2.9';
const turn = { urls: 'turn:192.0.2.9', username: 'me', credential: 'secret' };

/** A name of FloeError, as of a DOMException; TypeErrors are real ones. */
const rows = {
  'new IceTransport': [
    [() => new IceTransport(gateway), 'TypeError', 'bad-argument'],
    [() => new IceTransport(42), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway: 'no url' }), 'SyntaxError', 'bad-url'],
    [() => new IceTransport({ gateway: {} }), 'SyntaxError', 'bad-url'],
    [() => new IceTransport({ gateway, role: 'boss' }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, role: null }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, role: 'Controlling' }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, role: ['controlled'] }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, nomination: 'eager' }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, pacing: true }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, components: 0 }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, components: 257 }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, components: 1.5 }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, components: '2' }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, ta: 4 }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, ta: NaN }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, addresses: '192.0.2.1' }), 'TypeError', 'bad-argument'],
    [() => new IceTransport({ gateway, addresses: ['eth0'] }), 'SyntaxError', 'bad-address'],
    [() => new IceTransport({ gateway, addresses: [null] }), 'SyntaxError', 'bad-address'],
    [
      () => new IceTransport({ gateway, addresses: Array(256).fill('192.0.2.1') }),
      'TypeError',
      'bad-argument',
    ],
  ],
  'gather()': [
    [(t) => t.gather('all'), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ gatherPolicy: 'none' }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ gatherPolicy: null }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ family: 5 }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ family: '4' }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ portRange: 5000 }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ portRange: [5000] }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ portRange: [0, 5000] }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ portRange: [5001, 5000] }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ portRange: [5000, 65536] }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ signal: 'now' }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ signal: new AbortController() }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ signal: AbortSignal.abort() }), 'AbortError'],
    [(t) => t.gather({ iceServers: null }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ iceServers: stun }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ iceServers: { urls: stun } }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ iceServers: [stun] }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ iceServers: [null] }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ iceServers: [{ url: stun }] }), 'TypeError', 'bad-argument'],
    [(t) => t.gather({ iceServers: [{ urls: [] }] }), 'SyntaxError', 'bad-ice-server'],
    [(t) => t.gather({ iceServers: [{ urls: '' }] }), 'SyntaxError', 'bad-ice-server'],
    [(t) => t.gather({ iceServers: [{ urls: null }] }), 'SyntaxError', 'bad-ice-server'],
    [(t) => t.gather({ iceServers: [{ urls: [stun, 42] }] }), 'SyntaxError', 'bad-ice-server'],
    [(t) => t.gather({ iceServers: [{ urls: 'stun:' }] }), 'SyntaxError', 'bad-ice-server'],
    [(t) => t.gather({ iceServers: [{ urls: 'stun:a b' }] }), 'SyntaxError', 'bad-ice-server'],
    [(t) => t.gather({ iceServers: [{ urls: 'stun://a' }] }), 'SyntaxError', 'bad-ice-server'],
    [(t) => t.gather({ iceServers: [{ urls: 'stun:::1' }] }), 'SyntaxError', 'bad-ice-server'],
    [(t) => t.gather({ iceServers: [{ urls: 'stun:a:port' }] }), 'SyntaxError', 'bad-ice-server'],
    [
      (t) => t.gather({ iceServers: [{ urls: 'stun:a?transport=udp' }] }),
      'SyntaxError',
      'bad-ice-server',
    ],
    [
      (t) => t.gather({ iceServers: [{ ...turn, urls: 'turn:a?tcp' }] }),
      'SyntaxError',
      'bad-ice-server',
    ],
    [
      (t) => t.gather({ iceServers: [{ urls: 'http://a' }] }),
      'NotSupportedError',
      'bad-ice-server',
    ],
    [(t) => t.gather({ iceServers: [{ urls: 'turn:a' }] }), 'InvalidAccessError', 'no-credential'],
    [
      (t) => t.gather({ iceServers: [{ ...turn, username: undefined }] }),
      'InvalidAccessError',
      'no-credential',
    ],
    [
      (t) => t.gather({ iceServers: [{ ...turn, credential: { token: 'x' } }] }),
      'InvalidAccessError',
      'no-credential',
    ],
  ],
  'start()': [
    [(t) => t.start(), 'TypeError', 'bad-ufrag'],
    [(t) => t.start(null), 'TypeError', 'bad-ufrag'],
    [(t) => t.start({}), 'TypeError', 'bad-ufrag'],
    [(t) => t.start('abcd'), 'TypeError', 'bad-argument'],
    [(t) => t.start({ password }), 'TypeError', 'bad-ufrag'],
    [(t) => t.start({ usernameFragment }), 'TypeError', 'bad-password'],
    [(t) => t.start({ usernameFragment: 1234, password }), 'TypeError', 'bad-ufrag'],
    [(t) => t.start({ usernameFragment: 'abc', password }), 'SyntaxError', 'bad-ufrag'],
    [(t) => t.start({ usernameFragment: 'ab-cd', password }), 'SyntaxError', 'bad-ufrag'],
    [(t) => t.start({ usernameFragment: 'abcd\n', password }), 'SyntaxError', 'bad-ufrag'],
    [(t) => t.start({ usernameFragment: 'a'.repeat(257), password }), 'SyntaxError', 'bad-ufrag'],
    [(t) => t.start({ usernameFragment, password: 'short' }), 'SyntaxError', 'bad-password'],
    [(t) => t.start(peer, 'boss'), 'TypeError', 'bad-argument'],
    [(t) => t.start(peer, 'unknown'), 'TypeError', 'bad-argument'],
    [(t) => t.start(peer, null), 'TypeError', 'bad-argument'],
  ],
  'addRemoteCandidate()': [
    [(t) => t.addRemoteCandidate(line), 'TypeError', 'bad-argument'],
    [(t) => t.addRemoteCandidate(''), 'TypeError', 'bad-argument'],
    [(t) => t.addRemoteCandidate(false), 'TypeError', 'bad-argument'],
    [(t) => t.addRemoteCandidate({ candidate: null }), 'OperationError', 'bad-candidate'],
    [
      (t) => t.addRemoteCandidate({ candidate: { candidate: line } }),
      'OperationError',
      'bad-candidate',
    ],
    [(t) => t.addRemoteCandidate({ candidate: 42 }), 'OperationError', 'bad-candidate'],
    [(t) => t.addRemoteCandidate({ candidate: ' ' }), 'OperationError', 'bad-candidate'],
    [(t) => t.addRemoteCandidate({ candidate: 'a=' }), 'OperationError', 'bad-candidate'],
    [
      (t) => t.addRemoteCandidate({ candidate: 'a=end-of-candidates' }),
      'OperationError',
      'bad-candidate',
    ],
    [
      (t) => t.addRemoteCandidate({ candidate: `${line}\n${line}` }),
      'OperationError',
      'bad-candidate',
    ],
    [
      (t) => t.addRemoteCandidate({ candidate: 'x', usernameFragment: 'late' }),
      'OperationError',
      'bad-candidate',
    ],
    [(t) => t.removeRemoteCandidate(line), 'TypeError', 'bad-argument'],
    [(t) => t.removeRemoteCandidate(null), 'OperationError', 'bad-candidate'],
    [(t) => t.removeRemoteCandidate({ candidate: '' }), 'OperationError', 'bad-candidate'],
  ],
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

function add(transport, init) {
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

function makeTransport(t) {
  const transport = new IceTransport({ gateway });
  transport.ready.catch(() => {});
  t.after(() => transport.stop());
  return transport;
}

function checkError(error, name, code, call) {
  const where = `${call}: ${error}`;
  assert.equal(error.name, name, where);
  assert.equal(
    error.code === code || error instanceof DOMException,
    true,
    `${where}, ${error.code}`,
  );
  assert.equal(error instanceof TypeError, name === 'TypeError', where);
  if (error instanceof DOMException) return;
  assert.ok(error instanceof FloeError, where);
  assert.equal(typeof error.hint, 'string', where);
  assert.match(error.message, /^[A-Z`a-z].*\.?$/s, where);
}

for (const [what, calls] of Object.entries(rows)) {
  test(`odd inputs: ${what}, ${calls.length} of them`, async (t) => {
    for (const [call, name, code, rejects] of calls) {
      const transport = makeTransport(t);
      let answer;
      try {
        answer = call(transport);
      } catch (error) {
        assert.ok(!rejects, `${call} threw`);
        checkError(error, name, code, call);
        continue;
      }
      assert.ok(rejects, `${call} did not throw`);
      await assert.rejects(answer, (error) => checkError(error, name, code, call) ?? true);
    }
  });
}

test('a line that core/ice refuses as malformed is an exception, and no other line is', (t) => {
  const { malformed, right } = candidateRows;
  assert.ok(malformed.length > 40 && right.length > 8);
  const transport = makeTransport(t);
  transport.start(peer);
  for (const candidate of malformed) {
    assert.throws(() => add(transport, { candidate }), { code: 'bad-candidate' }, candidate);
  }
  for (const candidate of right) {
    add(transport, { candidate: candidate.replace(/ ufrag \S+/, '') });
  }
});

test('parameters that change after start() are other ones', (t) => {
  const transport = makeTransport(t);
  const own = { ...peer };
  transport.start(own);
  own.usernameFragment = 'efgh';
  assert.throws(() => transport.start(own), { code: 'start-refused' });
});

test('odd inputs that W3C takes are taken', (t) => {
  const transport = makeTransport(t);
  transport.start({ ...peer, iceLite: undefined, more: 1 }, undefined);
  transport.start({ ...peer }); // the same again has no effect
  transport.start(peer, 'controlled');
  for (const end of [undefined, null, {}, { candidate: '' }, { sdpMid: null, usernameFragment }]) {
    add(transport, end);
  }
  add(transport, { candidate: line, sdpMLineIndex: 0, usernameFragment: null });
  void transport.gather(undefined).catch(() => {});
  const other = makeTransport(t);
  const iceServers = [{ urls: 'STUN:[2001:db8::1]:3478' }, { ...turn, urls: ['turns:a.example'] }];
  assert.throws(() => other.gather({ iceServers: [{}] }));
  void other.gather({ iceServers }).catch(() => {}); // the call that threw does not count
});

test('what waits for an object that is aborted hears the reason', async () => {
  for (const open of [
    (signal) => new Gateway(gateway, { signal }).ready,
    (signal) => new UdpSocket({ gateway: new Gateway(gateway), signal }).ready,
    (signal) => new SignalingClient(gateway, { signal }).joined,
    (signal) => connect({ gateway, signaling: gateway, signal }),
    (signal) => new IceTransport({ gateway }).gather({ signal }),
  ]) {
    const abort = new AbortController();
    const waiting = open(abort.signal);
    abort.abort(new DOMException('too long', 'TimeoutError'));
    await assert.rejects(waiting, { name: 'TimeoutError' }, `${open}`);
    await assert.rejects(async () => open(abort.signal), { name: 'TimeoutError' }, `${open}`);
  }
});

test('an error of a subclass is none of FloeTypeError', () => {
  class OwnError extends FloeError {}
  const typeError = (() => {
    try {
      new IceTransport(42);
    } catch (error) {
      return error;
    }
  })();
  assert.ok(typeError instanceof FloeError && typeError instanceof TypeError);
  assert.ok(!(typeError instanceof OwnError));
  assert.ok(new OwnError('AbortError', 'closed', 'x') instanceof FloeError);
  assert.ok(!(new TypeError('x') instanceof FloeError));
});
