// coturn in the lab: STUN on two addresses (RFC 5780), and TURN over UDP, TCP and TLS.
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const kReadyMs = 5000;
const kPollMs = 20;
const kRealm = 'lab.example';

export const kPort = 3478;
export const kTlsPort = 443;
/// The addresses of the lab's TURN servers: coturn has two of each family, the gateway has one.
export const kAddresses = {
  g: { 4: ['198.51.100.4'], 6: ['2001:db8:99::4'] },
  s: { 4: ['198.51.100.2', '198.51.100.3'], 6: ['2001:db8:99::2', '2001:db8:99::3'] },
  t: { 4: ['198.51.100.5', '198.51.100.6'], 6: ['2001:db8:99::5', '2001:db8:99::6'] },
};

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

export const host = (address) => (address.includes(':') ? `[${address}]` : address);

/// `stun:` for this family; coturn answers it without credentials in any case.
export const stunUri = (family = 4, machine = 's') =>
  `stun:${host(kAddresses[machine][family][0])}`;

/// For `--turn`; `transport` is udp, tcp or tls.
export function turnUri(transport = 'udp', family = 4, machine = 's') {
  const server = host(kAddresses[machine][family][0]);
  if (transport === 'udp') return `turn:${server}`;
  return transport === 'tcp'
    ? `turn:${server}?transport=tcp`
    : `turns:${server}:${kTlsPort}?transport=tcp`;
}

/// Options of turnserver(1). `certificate` (see certificate.mjs) turns TLS on. `staleNonceSeconds`
/// makes nonces expire so soon that clients get error 438. The server listens and relays on
/// addresses of `families`; `more` are further options.
function options({ machine, access, certificate, staleNonceSeconds, families, more }, file) {
  const addresses = families.flatMap((family) => kAddresses[machine][family]);
  const tls = certificate
    ? [
        '--tls-listening-port',
        String(kTlsPort),
        '--cert',
        certificate.certificate,
        '--pkey',
        certificate.key,
      ]
    : ['--no-tls'];
  return [
    ...[
      '-n',
      '--no-dtls',
      '--no-cli',
      '--no-software-attribute',
      '--fingerprint',
      '--realm',
      kRealm,
    ],
    ...['-p', String(kPort), '--alt-listening-port', String(kPort + 1), ...tls],
    ...addresses.flatMap((address) => ['-L', address]),
    ...families.flatMap((family) => ['-E', kAddresses[machine][family][0]]),
    ...access.args,
    ...(staleNonceSeconds ? [`--stale-nonce=${staleNonceSeconds}`] : []),
    ...['-v', '--no-stdout-log', '--simple-log', '--log-file', file('log')],
    ...['--pidfile', file('pid'), '--userdb', file('db')],
    ...more,
  ];
}

/// Runs on that machine until stop() or until the lab is closed; resolves when it listens
/// everywhere. `log()` is what it has written so far.
export async function startCoturn(lab, wanted = {}) {
  const given = {
    machine: 's',
    access: kAccess.open,
    certificate: null,
    families: [4],
    more: [],
    ...wanted,
  };
  const file = (kind) => path.join(lab.folder, `coturn-${given.machine}.${kind}`);
  const log = () => (existsSync(file('log')) ? readFileSync(file('log'), 'utf8') : '');
  rmSync(file('log'), { force: true }); // the log of an earlier coturn
  const child = lab.start(given.machine, ['turnserver', ...options(given, file)]);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const last = kAddresses[given.machine][given.families.at(-1)].at(-1);
  for (let waited = 0; waited < kReadyMs && child.exitCode === null; waited += kPollMs) {
    await new Promise((resolve) => setTimeout(resolve, kPollMs));
    if (log().includes(`UDP listener opened on: ${last}:${kPort + 1}`)) {
      return { log, stop: () => (child.kill('SIGKILL'), ended) };
    }
  }
  throw new Error(`coturn did not start: ${log().trim().split('\n').slice(-5).join(' | ')}`);
}
