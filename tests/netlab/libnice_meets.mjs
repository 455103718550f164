// libnice and our agent meet behind NATs, in both roles: over mapped addresses, and through coturn
// where only libnice has a relay.
import { kLibnice } from '../interop/libnice.mjs';
import { kAccess, kAddresses } from './coturn.mjs';
import { agentCommand, commandOn, inParallel, meetOnce } from './meetings.mjs';
import { serverOptions } from './servers.mjs';

const kWidth = 10;
const kConnectMs = 20_000; // libnice waits for its own pace, and for its TURN server
const kRoleOrders = [
  ['controlling', 'controlled'],
  ['controlled', 'controlling'],
];

const server = kAddresses.s[4][0];

/// What libnice is told, where the two are, and which candidate of libnice's must win.
function waysToMeet() {
  const { user, password } = kAccess.longTerm.credentials();
  const relay = ['--turn', server, '--turn-user', user, '--turn-pass', password];
  return [
    { over: 'reflexive', options: ['--stun', server], wins: /srflx|prflx/ },
    { over: 'relayed', options: relay, wins: /relay/ },
  ];
}

/// One result of `repeats` meetings.
async function meetings(lab, homes, { over, options, wins }, [ours, theirs], repeats) {
  const name = `libnice over ${over} candidates, ${theirs}`;
  const left = agentCommand(lab, homes.ours, ours, [...serverOptions({}), '--dtls', 'off']);
  const libnice = [kLibnice, '--bind', homes.address, '--role', theirs, ...options, '--echo'];
  const runs = [];
  const task = async () =>
    runs.push(await meetOnce(left, commandOn(lab, homes.libnice, libnice), kConnectMs));
  await inParallel(Array(repeats).fill(task), kWidth);
  const good = runs.filter(({ kinds, why }) => !why && wins.test(kinds[1]));
  const times = good.map(({ ms }) => ms).sort((a, b) => a - b);
  console.log(
    `${name}: ${good.length} of ${repeats} met, median ${times[Math.floor(times.length / 2)]} ms`,
  );
  const bad = runs.find((run) => !good.includes(run));
  return {
    name,
    passed: good.length,
    failed: repeats - good.length,
    why: bad && (bad.why ?? bad.kinds.join(' and ')),
  };
}

/// Results for tests/run; homes of these numbers.
export async function meetLibnice(lab, first, repeats) {
  lab.addHome('floe', first, { router: 'port-restricted' });
  lab.addHome('nice', first + 1, { router: 'port-restricted' });
  const homes = { ours: 'floe', libnice: 'nice', address: `10.${first + 1}.0.2` };
  const results = [];
  for (const way of waysToMeet()) {
    for (const roles of kRoleOrders) results.push(await meetings(lab, homes, way, roles, repeats));
  }
  return results;
}
