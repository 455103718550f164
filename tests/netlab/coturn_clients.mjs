// Checks with coturn's own client that the lab's coturn relays over every transport and admits the
// right users. If an agent of ours fails later, the lab is not the cause.
import { run } from '../runner/shell.mjs';
import { kAccess, kAddresses, kTlsPort } from './coturn.mjs';

const kDatagrams = 20;

const tls = (authority) => ['-t', '-S', '-E', authority, '-p', String(kTlsPort)];

/// Each from a network of the kind where agents will need it.
const kClients = [
  { name: 'UDP', from: 'symmetric', access: kAccess.longTerm },
  { name: 'TCP', from: 'UDP blocked', access: kAccess.longTerm, options: () => ['-t'] },
  { name: 'TLS', from: 'only 443', access: kAccess.longTerm, options: tls },
  {
    name: 'IPv6',
    from: 'IPv6 firewall',
    family: 6,
    access: kAccess.longTerm,
    options: () => ['-x'],
  },
  {
    name: 'IPv6 to IPv4',
    from: 'IPv6 firewall',
    family: 6,
    access: kAccess.longTerm,
    options: () => ['-X'],
  },
  {
    name: 'a user for a time, stale nonces',
    from: 'public',
    machine: 't',
    access: kAccess.timeLimited,
    meets: 'error 438',
  },
];

async function relays(lab, homes, { authority, plain, strict }, client) {
  const { name, from, machine = 's', family = 4, access, options = () => [], meets = '' } = client;
  const { user, password } = access.credentials();
  const command = [
    'turnutils_uclient',
    '-y',
    '-c',
    '-n',
    String(kDatagrams),
    '-u',
    user,
    '-w',
    password,
  ];
  const server = kAddresses[machine][family][0];
  const words = [...lab.inside(homes.get(from)), ...command, ...options(authority), server];
  const { code, output } = await run(words, { seconds: 60 });
  const bytes = Number(/.*tot_recv_bytes ~ (\d+)/s.exec(output)?.[1] ?? 0);
  const result = { name: `coturn relays: ${name}, from ${from}` };
  if (code !== 0 || bytes === 0)
    return { ...result, failed: 1, why: output.trim().split('\n').slice(-3).join(' | ') };
  const { log } = machine === 's' ? plain : strict;
  if (!log().includes(meets)) return { ...result, failed: 1, why: `never answered ${meets}` };
  return { ...result, passed: 1 };
}

/// Results for tests/run; `servers` as startServers() gives them, `homes` as addHomes().
export function tryClients(lab, homes, servers) {
  return Promise.all(kClients.map((client) => relays(lab, homes, servers, client)));
}
