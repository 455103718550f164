import { parseArgs } from 'node:util';

import { isFingerprint, namePattern } from '../../dist/tools.js';
import { iceServers } from './server_options.mjs';

export const usage = `usage: floe agent [options]

  --gateway URL            ws(s)://HOST/tunnel: use the sockets of this gateway; default: this
                           machine's own
  --signal WAY             stdio (default), or ws(s)://HOST/signal/ROOM
  --role ROLE              controlling (default) or controlled; ICE resolves a conflict
  --no-trickle             describe the agent only when all candidates are known
  --bind ADDR              use only this address, of the gateway or of this machine; may be repeated
  --port-range A-B         bind to ports of this range
  --family 4|6             use addresses of one family
  --components N           1 (default) to 256
  --lite                   answer checks and send none: for one that every peer can reach
  --policy all|relay       relay: tell only relayed addresses (default: all)
  --mdns off               candidates with names instead of addresses are skipped: WebAssembly has no
                           multicast to resolve them
  --stun URI               ask this server for the public addresses of the sockets: stun:HOST[:PORT];
                           may be repeated. With a gateway, the gateway resolves names
  --turn URI               relay through this server: turn:HOST[:PORT], with ?transport=tcp over TCP,
                           or turns:HOST; more may be named, each followed by its
  --turn-user U            user and
  --turn-pass P            password, or
  --turn-pass-env VAR      the variable of the environment that has the password
  --ta MS                  milliseconds between two checks, 5 to 5000 (default 50)
  --pacing default|strict  strict: RFC 8445 to the letter
  --nomination MODE        regular (default): choose a pair once; renomination: again when a better
                           one works, if the peer can; aggressive: RFC 5245's, for old peers
  --dtls on|off            off: datagrams in plaintext, which everybody on the path can read and
                           change; the peer must do the same (default: on)
  --expect-fingerprint F   SHA-256 of the certificate that the peer must have, as AB:CD:...; may be
                           repeated (default: the one that it signals)
  --token TOKEN            for the gateway and the signalling server; default: $FLOE_TOKEN
  --offers NAME            tell the members of the room that this agent offers this service; may be
                           repeated
  --seeks NAME             the peer is a member that offers this service, or one that does not say
                           what it offers (default: any member)
  --seed N                 predictable credentials: for tests only
  --echo                   send datagrams back instead of reporting them
  -v, --verbose            log more on standard error

Not supported yet: --tcp
`;

const known = {
  gateway: { type: 'string' },
  signal: { type: 'string', default: 'stdio' },
  role: { type: 'string', default: 'controlling' },
  'no-trickle': { type: 'boolean', default: false },
  bind: { type: 'string', multiple: true, default: [] },
  'port-range': { type: 'string' },
  family: { type: 'string' },
  components: { type: 'string', default: '1' },
  policy: { type: 'string', default: 'all' },
  mdns: { type: 'string', default: 'off' },
  stun: { type: 'string', multiple: true, default: [] },
  turn: { type: 'string', multiple: true, default: [] },
  'turn-user': { type: 'string', multiple: true },
  'turn-pass': { type: 'string', multiple: true },
  'turn-pass-env': { type: 'string', multiple: true },
  tcp: { type: 'boolean', default: false },
  lite: { type: 'boolean', default: false },
  ta: { type: 'string' },
  pacing: { type: 'string', default: 'default' },
  nomination: { type: 'string', default: 'regular' },
  dtls: { type: 'string', default: 'on' },
  'expect-fingerprint': { type: 'string', multiple: true, default: [] },
  token: { type: 'string', default: process.env.FLOE_TOKEN ?? '' },
  offers: { type: 'string', multiple: true, default: [] },
  seeks: { type: 'string' },
  seed: { type: 'string' },
  echo: { type: 'boolean', default: false },
  verbose: { type: 'boolean', short: 'v', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

/** The words that each option accepts; any other word is an error. */
const words = {
  role: ['controlling', 'controlled'],
  policy: ['all', 'relay'],
  mdns: ['off'],
  pacing: ['default', 'strict'],
  nomination: ['regular', 'aggressive', 'renomination'],
  family: ['4', '6'],
  dtls: ['on', 'off'],
};

/** Returns `options`, or `error`: the text of a mistake in them. */
export function parseAgentOptions(args) {
  let values, tokens;
  try {
    ({ values, tokens } = parseArgs({ args, options: known, tokens: true }));
  } catch (error) {
    return { error: error.message };
  }
  if (values.help) return { help: true };
  try {
    return {
      options: checked(
        values,
        tokens.filter(({ kind }) => kind === 'option'),
      ),
    };
  } catch (error) {
    return { error: error.message };
  }
}

function checked(values, tokens) {
  for (const [name, allowed] of Object.entries(words)) {
    if (values[name] === undefined || allowed.includes(values[name])) continue;
    throw new Error(`--${name} ${values[name]}: not valid; allowed: ${allowed.join(', ')}`);
  }
  refuseUnbuilt(values);
  checkServices(values);
  return {
    ...values,
    trickle: !values['no-trickle'],
    components: number('components', values.components, 1, 256),
    ta: values.ta === undefined ? undefined : number('ta', values.ta, 5, 5000),
    family: values.family && Number(values.family),
    portRange: values['port-range'] && portRange(values['port-range']),
    seed: values.seed === undefined ? undefined : seed(values.seed),
    gatherPolicy: values.policy,
    security: security(values),
    iceServers: iceServers(tokens),
  };
}

function refuseUnbuilt({ tcp, lite, stun, turn }) {
  if (tcp) throw new Error('--tcp: ICE-TCP is not built yet: this version uses UDP only');
  if (lite && stun.length + turn.length > 0) throw new Error('--lite excludes --stun and --turn');
}

function checkServices({ offers, seeks }) {
  for (const [name, services] of Object.entries({
    offers,
    seeks: seeks === undefined ? [] : [seeks],
  })) {
    const wrong = services.find((service) => !namePattern.test(service));
    if (wrong === undefined) continue;
    throw new Error(`--${name} ${wrong}: not a name of 1 to 64 letters, digits and ._~-`);
  }
  if (offers.length > 8) throw new Error('--offers: at most 8 services can be offered');
}

function security({ dtls, 'expect-fingerprint': expectedFingerprint }) {
  const wrong = expectedFingerprint.find((one) => !isFingerprint(one));
  if (wrong !== undefined) {
    throw new Error(
      `--expect-fingerprint ${wrong}: not the SHA-256 of a certificate, as AB:CD:...`,
    );
  }
  if (dtls === 'off' && expectedFingerprint.length > 0) {
    throw new Error('--dtls off excludes --expect-fingerprint');
  }
  return { encryption: dtls === 'on' ? 'dtls' : 'none', expectedFingerprint };
}

function number(name, text, min, max) {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new Error(`--${name} ${text}: not a number from ${min} to ${max}`);
}

function portRange(text) {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  const range = [Number(first), Number(last)];
  if (range[0] >= 1 && range[0] <= range[1] && range[1] <= 65535) return range;
  throw new Error(`--port-range ${text}: not A-B with 1 <= A <= B`);
}

function seed(text) {
  if (/^\d+$/.test(text) && BigInt(text) < 1n << 64n) return BigInt(text);
  throw new Error(`--seed ${text}: not a number below 2^64`);
}
