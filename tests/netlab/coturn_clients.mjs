// That the lab's coturn relays over every transport and lets in whom it should, tried with its own
// client: what an agent of ours fails at later is then no fault of the lab.
import { run } from '../runner/shell.mjs';
import { kAccess, kAddresses, kTlsPort } from './coturn.mjs';

const kDatagrams = 20;

const kClients = [
  { name: 'UDP', machine: 's', access: kAccess.longTerm },
  { name: 'TCP', machine: 's', access: kAccess.longTerm, options: () => ['-t'] },
  {
    name: 'TLS', machine: 's', access: kAccess.longTerm,
    options: (authority) => ['-t', '-S', '-E', authority, '-p', String(kTlsPort)],
  },
  { name: 'IPv6', machine: 's', family: 6, access: kAccess.longTerm, options: () => ['-x'] },
  { name: 'a user for a time, stale nonces', machine: 't', access: kAccess.timeLimited, meets: 'error 438' },
];

async function relays(lab, authority, servers, { name, machine, family = 4, access, options = () => [], meets = '' }) {
  const { user, password } = access.credentials();
  const client = ['turnutils_uclient', '-y', '-c', '-n', String(kDatagrams), '-u', user, '-w', password];
  const command = [...client, ...options(authority), kAddresses[machine][family][0]];
  const { code, output } = await run([...lab.inside('g'), ...command], { seconds: 60 });
  const bytes = Number(/.*tot_recv_bytes ~ (\d+)/s.exec(output)?.[1] ?? 0);
  const result = { name: `coturn relays: ${name}` };
  if (code !== 0 || bytes === 0) return { ...result, failed: 1, why: output.trim().split('\n').slice(-3).join(' | ') };
  if (!servers[machine].log().includes(meets)) return { ...result, failed: 1, why: `never answered ${meets}` };
  return { ...result, passed: 1 };
}

/// Results for tests/run; `servers` as startServers() gives them.
export function tryClients(lab, { authority, plain, strict }) {
  return Promise.all(kClients.map((client) => relays(lab, authority, { s: plain, t: strict }, client)));
}
