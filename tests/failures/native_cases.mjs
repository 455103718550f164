// What goes wrong for a program in C or C++, and what must be said about it within ten seconds.
import { nativeCalls } from './native_calls.mjs';
import { kTurnUser } from './servers.mjs';

const kErrno = { EAGAIN: 11, EPERM: 1 };

/// As cases() in cases.mjs, but `code` and `words` may differ by platform, and `meet` is the name of the
/// failure in the programs of tests/failures/native.
export function nativeCases(s) {
  return [
    ...inRooms(s),
    ...ofPeers(),
    ...ofIceServers(s),
    ...ofNetworks(s),
    ...whenSending(),
    ...nativeCalls(s),
  ];
}

/// The same failure for connect() and for a room in C or C++. A room goes on trying, so it tells by an
/// event what connect() gives up on.
export function asNative({ options, by, only, ...row }) {
  const { signaling, gateway, token, iceServers = [] } = options;
  const [server] = iceServers;
  const kind = server?.urls.split(':')[0] ?? 'stun';
  const isOfGateway = row.name.includes('gateway') || only !== undefined;
  const event = isOfGateway ? 'gateway' : by === 'error' ? 'waiting' : by;
  return {
    ...row,
    url: (room) => `${signaling}/${options.room ?? room}`,
    by: event,
    only: isOfGateway ? 'cpp' : undefined,
    code: `${row.code}`,
    options: { token, [kind]: server?.urls, gateway: isOfGateway ? gateway : undefined },
  };
}

function inRooms(s) {
  return [
    {
      name: 'a wrong token for the room',
      url: (room) => `ws://${s.guarded}/signal/${room}`,
      options: { token: 'wrong' },
      by: 'waiting',
      code: 'unauthorized',
      words: /no place in the room.*the token is wrong/,
    },
    {
      name: 'a peer that leaves',
      member: 'leaver',
      by: 'left',
      code: 'no-peer',
      words: /Nobody else is in the room ".*Start the other end/s,
    },
    {
      name: 'a server without TLS',
      url: (room) => `wss://${s.garbage}/signal/${room}`,
      by: 'waiting',
      code: 'signaling-unreachable',
      words: /signalling server at wss:.*has no TLS/,
    },
  ];
}

function ofPeers() {
  const fingerprint = Array(32).fill('00').join(':');
  return [
    ['a peer in plaintext', {}, 'plain', 'not-encrypted', /switch DTLS on at the peer/],
    ['a stranger', { fingerprint }, 'echo', 'not-expected', /somebody stands in the peer's place/],
  ].map(([name, options, member, code, words]) => {
    return { name, options, by: 'insecure', code, words, member };
  });
}

function ofIceServers(s) {
  const { user, password } = kTurnUser;
  const turn = (address) => ({ turn: `turn:${address}`, user, password });
  return [
    ['a TURN server that says nothing', turn(s.silentStun), '701', /answer/],
    ['a TURN server that refuses connections', turn(`${s.closed}?transport=tcp`), '701', /refused/],
    ['a TURN server with a name that nobody knows', turn(s.unresolvable), '701', /name|Name/],
    ['a wrong password for TURN', { ...turn(s.turn), password: 'wrong' }, '401', /./],
    ['a TURN server without a user', { turn: `turn:${s.turn}` }, '401', /./],
    [
      'a TURN server whose certificate nobody signed',
      { ...turn(s.untrusted), turn: `turns:${s.untrusted}` },
      '701',
      /certificate/,
    ],
  ].map(([name, options, code, words]) => {
    return { name, options, code, words, by: 'candidate', member: 'echo' };
  });
}

function ofNetworks(s) {
  return [
    ['relays only, and no TURN server', { relay: 1 }, /no TURN server gave one: check the TURN/],
    ['an address that this machine does not have', { bind: '192.0.2.77' }, /offered no address/],
    ['a port in use', { port: s.portInUse, bind: '127.0.0.1' }, /no port of the range/],
  ].map(([name, options, words]) => {
    return { name, options, words, by: 'waiting', code: 'no-path-yet', member: 'echo' };
  });
}

function whenSending() {
  const late = (name, options, codes, words) => ({
    name,
    meet: 'send',
    options,
    by: 'result',
    code: { c: codes[0], cpp: codes[1] },
    words,
    member: 'echo',
  });
  const nowhere = 'ws://127.0.0.1:9/signal/room';
  return [
    late(
      'a queue that is full',
      { errno: kErrno.EAGAIN },
      ['FLOE_ERROR_QUEUE_FULL', 'queue_full'],
      /a queue on the way out is full/,
    ),
    late(
      'a datagram that the system refuses',
      { errno: kErrno.EPERM },
      ['FLOE_ERROR_REFUSED', 'refused'],
      /refuses to send.*no route, or a firewall/,
    ),
    late(
      'a datagram that is too long',
      { size: 65_508 },
      ['FLOE_ERROR_TOO_BIG', 'too_large'],
      /long/,
    ),
    late(
      'a connection used after its end',
      { closed: 1 },
      ['FLOE_ERROR_CLOSED', 'no_path'],
      /closed|no path/,
    ),
    {
      name: 'a datagram before there is a path',
      meet: 'send early',
      url: () => nowhere,
      by: 'result',
      code: { c: 'FLOE_ERROR_NOT_CONNECTED', cpp: '0' },
      words: /^$|no path to the peer works; nothing was queued/,
    },
    {
      name: 'a room used after it was left',
      meet: 'send late',
      url: () => nowhere,
      by: 'result',
      code: { c: 'FLOE_ERROR_CLOSED', cpp: 'closed' },
      words: /^it is closed|^0$/,
    },
    {
      name: 'a signal that stops the host',
      meet: 'signal',
      url: () => nowhere,
      by: 'result',
      code: { c: 'FLOE_OK', cpp: 'stopped' },
      words: /^(no error)?$/,
    },
  ];
}
