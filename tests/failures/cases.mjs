// What goes wrong for a user of connect(), and what must be said about it within ten seconds.

const signal = (address, scheme = 'ws') => `${scheme}://${address}/signal`;
const tunnel = (address, scheme = 'ws') => `${scheme}://${address}/tunnel`;

/// `name`, `options` of connect() besides the room, `code` and `words` of what is told, and `by`: "error"
/// (connect() rejects), "waiting" or "candidate" (an event). `member`: who else is in the room. `only`:
/// the platforms that can meet it. `policy`: the Content-Security-Policy of the page. `natively`: a room
/// in C or C++ says the same, and of a gateway a host in C++.
export function cases(s) {
  const good = { signaling: signal(s.working), gateway: tunnel(s.working) };
  return [
    ...ofServers(s, good),
    ...ofRooms(s, good),
    ...ofIceServers(s, good),
    ...atTheCall(good),
    ...ofPages(s, good),
  ];
}

function ofServers(s, good) {
  const servers = Object.entries({
    'refuses connections': [s.closed, 'unreachable'],
    'has a name that nobody knows': [s.unresolvable, 'unreachable'],
    'answers 404': [s.notFound, 'refused'],
    'takes the connection and says nothing': [s.silent, 'unreachable'],
    'speaks another protocol': [s.garbage, 'unreachable'],
    'hangs up': [s.hangsUp, 'unreachable'],
  });
  return [
    ...servers.map(([what, [address, code]]) => ({
      name: `a signalling server that ${what}`,
      natively: true,
      options: { ...good, signaling: signal(address) },
      code: `signaling-${code}`,
      by: 'error',
      words: /signalling server at ws:.*Check the (URL|path)/s,
    })),
    ...servers.map(([what, [address, code]]) => ({
      name: `a gateway that ${what}`,
      natively: true,
      options: { ...good, gateway: tunnel(address) },
      code: `gateway-${code}`,
      by: 'error',
      words: /(gateway|server) at ws:.*Check the (URL|path)/s,
    })),
    {
      name: 'a signalling server whose certificate nobody signed',
      natively: true,
      options: { ...good, signaling: signal(s.untrusted, 'wss') },
      code: 'signaling-unreachable',
      by: 'error',
      words: /signalling server at wss:/,
    },
    {
      name: 'a gateway whose certificate nobody signed',
      natively: true,
      options: { ...good, gateway: tunnel(s.untrusted, 'wss') },
      code: 'gateway-unreachable',
      by: 'error',
      words: /gateway at wss:/,
    },
    {
      name: 'a wrong token',
      natively: true,
      options: { ...good, gateway: tunnel(s.guarded), token: 'wrong' },
      code: 'unauthorized',
      by: 'error',
      words: /token/,
      only: ['node', 'cpp'], // a page of another origin is refused before its token is read
    },
  ];
}

function ofRooms(s, good) {
  return [
    {
      name: 'a room that is full',
      natively: true,
      options: { ...good, room: s.fullRoom },
      code: 'room-full',
      by: 'error',
      words: /full/,
    },
    {
      name: 'a room where nobody is',
      natively: true,
      options: good,
      code: 'no-peer',
      by: 'waiting',
      words: /Nobody else is in the room ".*Start the other end/s,
    },
    {
      name: 'a peer that is not there',
      options: { ...good, peer: 'device' },
      code: 'no-peer',
      by: 'waiting',
      words: /Nobody called "device" is in the room/,
    },
    {
      name: 'a peer that says nothing',
      natively: true,
      options: good,
      member: 'mute',
      code: 'no-answer',
      by: 'waiting',
      words: /"mute" is in the room and does not answer/,
    },
    {
      name: 'a peer without a path',
      natively: true,
      options: good,
      member: 'lost',
      code: 'no-path-yet',
      by: 'waiting',
      words: /No path yet between .*a TURN server/s,
    },
  ];
}

function ofIceServers(s, good) {
  return [
    {
      name: 'a STUN server that says nothing',
      natively: true,
      options: { ...good, iceServers: [{ urls: `stun:${s.silentStun}` }] },
      member: 'echo',
      code: 701,
      by: 'candidate',
      words: /./,
    },
    {
      name: 'a STUN server with a name that nobody knows',
      natively: true,
      options: { ...good, iceServers: [{ urls: 'stun:nobody.invalid' }] },
      member: 'echo',
      code: 701,
      by: 'candidate',
      words: /name|no answer/i, // a gateway asks for it, and may hear nothing
    },
  ];
}

/// Mistakes in the arguments: told at once.
function atTheCall(good) {
  const turn = { urls: 'turn:192.0.2.1' };
  return [
    ['no signalling server', { signaling: undefined }, 'no-signaling', /`signaling`/],
    ['a URL that is none', { gateway: 'http://[' }, 'bad-url', /Not a URL/],
    ['a URL of files', { signaling: 'file:///x' }, 'bad-url', /begins with wss:/],
    ['a room with a blank', { room: 'my room' }, 'bad-room', /1 to 64 letters/],
    ['no server', { iceServers: [{ urls: 'example.org' }] }, 'bad-ice-server', /begins with stun:/],
    ['a TURN server without a user', { iceServers: [turn] }, 'no-credential', /without username/],
  ].map(([name, wrong, code, words]) => {
    const member = wrong.iceServers && 'echo'; // servers are read when a peer is there
    return { name, options: { ...good, ...wrong }, code, words, by: 'error', member };
  });
}

function ofPages(s, good) {
  const ofOthers = { gateway: tunnel(s.guarded) };
  return [
    {
      name: 'a gateway that refuses the origin of the page',
      options: { ...good, ...ofOthers },
      code: 'gateway-refused',
      by: 'error',
      words: /admits this page: floe-gateway --origin http:/,
      only: 'page',
    },
    {
      name: 'a page without a gateway',
      options: { ...good, gateway: undefined },
      code: 'no-gateway',
      by: 'error',
      words: /a page has no UDP sockets/,
      only: 'page',
    },
    {
      name: 'a policy that forbids the connection',
      options: good,
      policy:
        "script-src 'self' 'wasm-unsafe-eval' blob:; worker-src 'self' blob:; connect-src 'self'",
      code: 'gateway-unreachable',
      by: 'error',
      words: /Check the URL/,
      only: 'page',
    },
    {
      name: 'a policy that forbids WebAssembly',
      options: good,
      policy: "script-src 'self' 'unsafe-inline'",
      code: 'module-not-loaded',
      by: 'error',
      words: /'wasm-unsafe-eval' in script-src/,
      only: 'page',
    },
  ];
}
