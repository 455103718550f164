// coturn in the lab: STUN on two addresses (RFC 5780), and TURN over UDP, TCP and TLS.
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const kReadyMs = 5000;
const kPollMs = 20;
const kRealm = 'lab.example';

export const kPort = 3478;
export const kTlsPort = 443;
export const kAddresses = { 4: ['198.51.100.2', '198.51.100.3'], 6: ['2001:db8:99::2', '2001:db8:99::3'] };

/// Ways to let clients in. `longTerm` is RFC 8489, section 9.2; with `timeLimited` the user name is
/// the time at which it ends and the password its MAC (draft-uberti-behave-turn-rest).
export const kAccess = {
  open: { args: ['--no-auth'] },
  longTerm: {
    args: ['--lt-cred-mech', '--user', 'lab:a long-term secret'],
    credentials: () => ({ user: 'lab', password: 'a long-term secret' }),
  },
  timeLimited: {
    args: ['--use-auth-secret', '--static-auth-secret', 'shared with the server'],
    credentials: ({ seconds = 600 } = {}) => {
      const user = `${Math.floor(Date.now() / 1000) + seconds}:lab`;
      const password = createHmac('sha1', 'shared with the server').update(user).digest('base64');
      return { user, password };
    },
  },
};

const host = (address) => (address.includes(':') ? `[${address}]` : address);

/// `stun:` for this family; coturn answers it without credentials in any case.
export const stunUri = (family = 4) => `stun:${host(kAddresses[family][0])}`;

/// For `--turn`; `transport` is udp, tcp or tls.
export function turnUri(transport = 'udp', family = 4) {
  const server = host(kAddresses[family][0]);
  if (transport === 'udp') return `turn:${server}`;
  return transport === 'tcp' ? `turn:${server}?transport=tcp` : `turns:${server}:${kTlsPort}?transport=tcp`;
}

/// Options of turnserver(1). `certificate` (see certificate.mjs) opens TLS. `staleNonceSeconds`
/// makes nonces end so soon that clients meet error 438; `families` are what it listens on and
/// relays from, `more` is handed on as it is.
function options({ access, certificate, staleNonceSeconds, families, more }, folder) {
  const addresses = families.flatMap((family) => kAddresses[family]);
  const tls = certificate
    ? ['--tls-listening-port', String(kTlsPort), '--cert', certificate.certificate, '--pkey', certificate.key]
    : ['--no-tls'];
  return [
    ...['-n', '--no-dtls', '--no-cli', '--no-software-attribute', '--fingerprint', '--realm', kRealm],
    ...['-p', String(kPort), '--alt-listening-port', String(kPort + 1), ...tls],
    ...addresses.flatMap((address) => ['-L', address]),
    ...families.flatMap((family) => ['-E', kAddresses[family][0]]),
    ...access.args,
    ...(staleNonceSeconds ? [`--stale-nonce=${staleNonceSeconds}`] : []),
    ...['-v', '--no-stdout-log', '--simple-log', '--log-file', path.join(folder, 'coturn.log')],
    ...['--pidfile', path.join(folder, 'coturn.pid'), '--userdb', path.join(folder, 'coturn.db')],
    ...more,
  ];
}

/// Runs in the lab's machine `s` until stop() or until the lab is closed; resolves when it listens
/// everywhere. `log()` is what it has written so far.
export async function startCoturn(lab, wanted = {}) {
  const given = { access: kAccess.open, certificate: null, families: [4], more: [], ...wanted };
  const file = path.join(lab.folder, 'coturn.log');
  const log = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  const known = log().length; // of one before this
  const child = lab.start('s', ['turnserver', ...options(given, lab.folder)]);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const last = kAddresses[given.families.at(-1)].at(-1);
  const isReady = (text) => text.includes(`UDP listener opened on: ${last}:${kPort + 1}`);
  for (let waited = 0; waited < kReadyMs; waited += kPollMs) {
    await new Promise((resolve) => setTimeout(resolve, kPollMs));
    const text = log().slice(known);
    if (isReady(text)) return { log: () => log().slice(known), stop: () => (child.kill('SIGKILL'), ended) };
    if (child.exitCode !== null) break;
  }
  throw new Error(`coturn did not start: ${log().trim().split('\n').slice(-5).join(' | ')}`);
}
