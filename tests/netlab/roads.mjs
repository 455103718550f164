// Machines as people have them: with a dozen bridges that lead nowhere, with nothing but link-local
// addresses, or with a peer that cannot be reached.
import { Round } from '../interop/round.mjs';
import { agentCommand, isRelayed, meetOnce } from './meetings.mjs';
import { serverOptions } from './servers.mjs';

const kBridges = 20;
const kRelayMs = 2_000;
const kLimitMs = 15_000;
/// RFC 8863: no sooner does an agent fail.
const kPatienceMs = 39_500;

const result = (name, why) => (why ? { name, failed: 1, why } : { name, passed: 1 });

/// As container software makes them; each has an address, and the machine's traffic goes elsewhere.
function addBridges(lab, home) {
  const commands = Array.from({ length: kBridges }, (_, index) => [
    `link add br${index} type bridge`,
    `link set br${index} up`,
    `address add 172.${17 + Math.floor(index / 16)}.${index % 16}.1/24 dev br${index}`,
  ]);
  lab.configure(home, ...commands.flat());
}

async function meetWithBridges(lab, first) {
  const name = `${kBridges} bridges on each of two machines behind symmetric NATs`;
  const homes = ['bridged0', 'bridged1'];
  homes.forEach((home, index) => {
    lab.addHome(home, first + index, { router: 'symmetric' });
    addBridges(lab, home);
  });
  const [left, right] = homes.map((home, index) =>
    agentCommand(lab, home, ['controlling', 'controlled'][index], [
      ...serverOptions({}),
      ...(index === 1 ? ['--echo'] : []),
    ]),
  );
  const run = await meetOnce(left, right, kLimitMs);
  console.log(`${name}: ${run.why ?? `${run.kinds.join(' and ')} after ${run.ms} ms`}`);
  if (run.why) return result(name, run.why);
  if (!isRelayed(run)) return result(name, `met by ${run.kinds.join(' and ')}`);
  return result(name, run.ms <= kRelayMs ? '' : `took ${run.ms} ms, more than ${kRelayMs}`);
}

/// Both ends bind to their link-local address; a lite agent is the harder one to meet.
async function meetOverLinkLocal(lab, left, right) {
  const name = 'IPv6 link-local addresses alone, with a lite agent';
  const bind = (home) => ['--bind', lab.linkLocalOf(home, 'eth0')];
  const run = await meetOnce(
    agentCommand(lab, left, 'controlling', bind(left)),
    agentCommand(lab, right, 'controlled', [...bind(right), '--lite', '--echo']),
    kLimitMs,
  );
  return result(name, run.why);
}

/// One end has IPv4 only, the other IPv6 only, and there is no relay.
async function failInWords(lab, left, right) {
  const name = 'an agent that fails says why, and asks for a restart';
  const events = [];
  const round = new Round(
    agentCommand(lab, left, 'controlling', ['--family', '4']),
    agentCommand(lab, right, 'controlled', ['--family', '6']),
    kPatienceMs + kLimitMs,
  );
  round.left.onReport = (report) => events.push(report);
  try {
    await round.connect();
    return result(name, 'they met');
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 1_000)); // the other end may be the first
    const failed = events.find(({ state }) => state === 'failed');
    const asked = events.find(({ event }) => event === 'restart-needed');
    const isSaid = /IPv4 only.*IPv6 only/.test(failed?.reason ?? '') && asked !== undefined;
    return result(name, isSaid ? '' : `it said ${JSON.stringify(events.slice(-3))}`);
  } finally {
    round.destroy();
  }
}

/// Results for tests/run. Numbers of homes from `first`; `publicFirst` is the first of two numbers of
/// machines on the public segment.
export async function tryRoads(lab, first, publicFirst) {
  lab.addMachine('local0', [publicFirst], [4, 6]);
  lab.addMachine('local1', [publicFirst + 1], [4, 6]);
  return Promise.all([
    meetWithBridges(lab, first),
    meetOverLinkLocal(lab, 'local0', 'local1'),
    failInWords(lab, 'local0', 'local1'),
  ]);
}
