// The options about STUN and TURN servers.

/** `iceServers`, from the options in the order in which they were given. */
export function iceServers(tokens) {
  const servers = [];
  for (const { name, value } of tokens) {
    if (name === 'stun') servers.push({ urls: serverUri('stun', value) });
    if (name === 'turn') servers.push({ urls: serverUri('turn', value), turn: true });
    if (name.startsWith('turn-')) Object.assign(lastTurn(servers, name), credential(name, value));
  }
  return servers.map(complete);
}

const address = String.raw`(?:\[[\da-f:.]+\]|[^\s/?#:@[\]]+)(?::\d+)?`;
const forms = {
  stun: new RegExp(`^stun:${address}$`, 'i'),
  turn: new RegExp(`^turns?:${address}(?:\\?transport=\\w+)?$`, 'i'),
};

/** The value of the option `name`, as the package takes it. */
export function serverUri(name, text) {
  if (forms[name].test(text)) return text;
  throw new Error(`--${name} ${text}: not ${name}:HOST or ${name}:HOST:PORT`);
}

/** Credentials belong to the server before them. */
function lastTurn(servers, name) {
  const last = servers.findLast(({ turn }) => turn);
  if (last) return last;
  throw new Error(`--${name} requires --turn before it`);
}

function credential(name, value) {
  if (name === 'turn-user') return { username: value };
  if (name === 'turn-pass') return { credential: value };
  const secret = process.env[value];
  if (secret !== undefined) return { credential: secret };
  throw new Error(`--turn-pass-env: there is no variable ${value} in the environment`);
}

/** A TURN server without a user gets an empty user name. */
function complete({ urls, turn, username = '', credential: secret = '' }) {
  return turn ? { urls, username, credential: secret } : { urls };
}
