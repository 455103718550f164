// Checks that our client reaches TURN servers over every transport and address family, with both kinds
// of credentials, and with nonces that expire: by `floe turn`, and by two agents with relays only.
import assert from 'node:assert/strict';
import { Round } from '../interop/round.mjs';
import { run } from '../runner/shell.mjs';
import { binary } from '../runner/tree.mjs';
import { kAccess, turnUri } from './coturn.mjs';
import { agentCommand } from './meetings.mjs';

const kFrom = { 4: 'public', 6: 'IPv6 firewall' };
const kServers = [
  { name: 'coturn', machine: 's', access: kAccess.longTerm },
  { name: 'coturn, a user for a time', machine: 't', access: kAccess.timeLimited },
  { name: 'the gateway', machine: 'g', access: kAccess.longTerm },
];
const kMeetMs = 15_000;
const kStaleMs = 2_500; // later than the lifetime of a nonce of the machine `t`

async function tryServer(lab, homes, authority, { name, machine, access }, transport, family) {
  const { user, password } = access.credentials();
  const options = [
    '--json',
    '--user',
    user,
    '--pass-env',
    'TURN_PASSWORD',
    ...(transport === 'tls' ? ['--tls-ca', authority] : []),
  ];
  const command = [
    'env',
    `TURN_PASSWORD=${password}`,
    binary('floe'),
    'turn',
    ...options,
    turnUri(transport, family, machine),
  ];
  const { code, output } = await run([...lab.inside(homes.get(kFrom[family])), ...command], {
    seconds: 30,
  });
  const result = { name: `floe turn: ${name}, ${transport}, IPv${family}` };
  return code === 0 ? { ...result, passed: 1 } : { ...result, failed: 1, why: output.trim() };
}

/// A restart asks the server whether the allocation still exists; by then its nonce is stale. Data
/// afterwards uses the same allocation as before.
async function outliveNonces(lab, homes, { strict }) {
  const name = 'agents outlive the nonces of their allocations';
  const { user, password } = kAccess.timeLimited.credentials();
  const turn = [
    '--policy',
    'relay',
    '--turn',
    turnUri('udp', 4, 't'),
    '--turn-user',
    user,
    '--turn-pass',
    password,
  ];
  const agent = (role, ...more) => agentCommand(lab, homes.get(kFrom[4]), role, [...turn, ...more]);
  const round = new Round(agent('controlling'), agent('controlled', '--echo'), kMeetMs);
  try {
    await round.connect();
    const before = round.left.pair.local;
    await new Promise((resolve) => setTimeout(resolve, kStaleMs));
    const refused = strict.log().split('error 438').length;
    round.left.order('restart');
    await new Promise((resolve) => setTimeout(resolve, kStaleMs));
    await round.exchange(5);
    assert.ok(strict.log().split('error 438').length > refused, 'no nonce was stale');
    assert.equal(round.left.pair.local.port, before.port);
    await round.close();
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: round.explain(error.message) };
  } finally {
    round.destroy();
  }
}

/// Results for tests/run; `servers` as startServers() gives them, `homes` as addHomes().
export async function tryOurs(lab, homes, servers) {
  const tries = kServers.flatMap((server) =>
    ['udp', 'tcp', 'tls'].flatMap((transport) =>
      [4, 6].map((family) => tryServer(lab, homes, servers.authority, server, transport, family)),
    ),
  );
  return Promise.all([...tries, outliveNonces(lab, homes, servers)]);
}
