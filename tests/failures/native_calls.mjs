// What a call in C or C++ refuses at once, as cases of native_cases.mjs.

const kJoin = 'Room::join';
const kServer = 'parse_server_uri';
const kAuthorities = 'problem_with_authorities';

export function nativeCalls(s) {
  return [...ofOptions(s), ...mistakes(), ...ofAgents()];
}

function ofOptions(s) {
  const good = `ws://${s.working}/signal/room`;
  const page = 'http://127.0.0.1/signal/room';
  const missing = '/nowhere/authorities.pem';
  return [
    ['a URL of pages', { url: page }, 'URL', kJoin, /must be ws:\/\/HOST/],
    ['a URL that is none', { url: 'room' }, 'URL', kJoin, /must be ws:\/\/HOST/],
    ['a name with a blank', { name: 'two words' }, 'ARGUMENT', kJoin, /name.* 1 to 64 letters/],
    ['a long name', { name: 'n'.repeat(65) }, 'ARGUMENT', kJoin, /name.* 1 to 64 letters/],
    ['a long token', { token: 't'.repeat(4097) }, 'ARGUMENT', kJoin, /token.* 4,096 bytes/],
    ['a STUN server that is none', { stun: 'example.org' }, 'ADDRESS', kServer, /stun:HOST/],
    ['a TURN server that is none', { turn: 'turn:' }, 'ADDRESS', kServer, /turn:HOST|host/],
    ['no file of authorities', { authorities: missing }, 'FILE', kAuthorities, /nowhere.*be read/],
    [
      'authorities in a file of something else',
      { authorities: s.notCertificates },
      'FILE',
      kAuthorities,
      /not-certificates\.pem is not a list of certificates/,
    ],
  ].map(([name, { url = good, ...options }, c, cpp, words]) => {
    const code = { c: `FLOE_ERROR_${c}`, cpp };
    return { name, url: () => url, options, by: 'result', code, words };
  });
}

/// Mistakes that the compiler finds in C++.
function mistakes() {
  return [
    ['no configuration', 'ARGUMENT', /NULL/],
    ['no size', 'SIZE', /sizeof/],
    ['other size', 'SIZE', /sizeof/],
    ['no URL', 'ARGUMENT', /`url` is NULL/],
    ['ports reversed', 'ARGUMENT', /`port_min` and `port_max`/],
    ['lone certificate', 'ARGUMENT', /`certificate` and `key`.*set together/],
    ['short fingerprint', 'ARGUMENT', /"AB:CD" is not the SHA-256/],
    ['name as address', 'ADDRESS', /"localhost" is not an IP address/],
    ['run in callback', 'IN_CALLBACK', /call it when the callback has returned/],
    ['no host', 'ARGUMENT', /NULL/],
    ['no random', 'ARGUMENT', /`random` is NULL/],
    ['flood', 'ARGUMENT', /`pacing_us` must be 5,000/],
  ].map(([meet, error, words]) => {
    const code = `FLOE_ERROR_${error}`;
    return { name: `a call: ${meet}`, meet, code, words, by: 'result', only: 'c' };
  });
}

/// Of the agent without I/O.
function ofAgents() {
  const description = JSON.stringify({
    type: 'description',
    usernameFragment: 'peer',
    password: '0123456789012345678901',
    candidates: [{ candidate: 'candidate:1 1 udp' }],
  });
  return [
    ['no path', 'no-path', 'failed', /got no answer.*configure a STUN server/],
    ['silent STUN server', 'candidate', '701', /did not answer/],
    ['own signal', 'output', 'FLOE_ERROR_OWN_DESCRIPTION', /must not echo/],
    ['send', 'result', 'FLOE_ERROR_NOT_CONNECTED', /nothing was queued/],
    ['end', 'result', 'FLOE_ERROR_CLOSED', /closed/],
    ['port 0', 'result', 'FLOE_ERROR_ADDRESS', /not an address/],
    ['many sockets', 'result', 'FLOE_ERROR_LIMIT', /limit/],
    ['signal', 'output', 'FLOE_ERROR_BAD_MESSAGE', /not one JSON value/, 'hello'],
    ['signal', 'output', 'FLOE_ERROR_BAD_CANDIDATE', /candidate line ends/, description],
  ].map(([meet, by, code, words, text]) => {
    const name = `an agent: ${meet}${text ? ` ${text.slice(0, 12)}` : ''}`;
    return { name, meet: `agent: ${meet}`, by, code, words, options: { text }, only: 'c' };
  });
}
