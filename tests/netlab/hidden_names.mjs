// A peer that is known by a name of multicast DNS alone, as a browser is, and a machine in its network
// whose firewall lets nobody in to whom it has not sent before. Only by resolving the name can the two
// meet: the same machine without resolving must not.
import { setTimeout } from 'node:timers/promises';

import { Round } from '../interop/round.mjs';
import { agentCommand } from './meetings.mjs';
import { kHostFirewall } from './nat_rules.mjs';

const kLimitMs = 10_000;
const kVainMs = 3_000;
const kName = 'a peer with a name for its address, and a firewall that it cannot open';

function start(lab, mdns, timeoutMs) {
  const round = new Round(
    agentCommand(lab, 'guarded', 'controlling', ['--mdns', mdns]),
    `${agentCommand(lab, 'hidden', 'controlled', ['--mdns', 'hide'])} --echo`,
    timeoutMs,
  );
  const skipped = [];
  round.left.onReport = (report) => report.event === 'skipped' && skipped.push(report);
  return { round, skipped };
}

async function meet(lab) {
  const { round, skipped } = start(lab, 'resolve', kLimitMs);
  try {
    const ms = await round.connect();
    await round.exchange(5);
    console.log(`by a name of multicast DNS: connected after ${ms} ms`);
    const { type } = round.left.pair.remote;
    if (type !== 'host') throw new Error(`the peer's candidate is ${type}, not the resolved one`);
    if (skipped.length > 0) throw new Error(`skipped: ${skipped[0].reason}`);
    await round.close();
    return { name: kName, passed: 1 };
  } catch (error) {
    return { name: kName, failed: 1, why: round.explain(error.message) };
  } finally {
    round.destroy();
  }
}

/// Whether that name was said to be skipped, and nothing else. It is said at the start of the agent,
/// which may be late on a loaded machine.
async function isNameSkipped(skipped) {
  for (let waited = 0; waited < kLimitMs && skipped.length === 0; waited += 10)
    await setTimeout(10);
  return skipped.length === 1 && skipped[0].candidate.includes('.local ');
}

async function meetInVain(lab) {
  const name = `${kName}: not without resolving`;
  const { round, skipped } = start(lab, 'off', kLimitMs + kVainMs);
  const meeting = round.connect().then(
    () => true,
    () => false,
  );
  try {
    const isSaid = await isNameSkipped(skipped);
    if (await Promise.race([meeting, setTimeout(kVainMs, false)]))
      return { name, failed: 1, why: 'they met: the firewall lets everything in' };
    if (isSaid) return { name, passed: 1 };
    return { name, failed: 1, why: round.explain('nothing is said to be skipped') };
  } finally {
    round.destroy();
  }
}

/// Results for tests/run. The machines get the two addresses from `first` on, on the public segment.
export async function meetByName(lab, first) {
  lab.addMachine('hidden', [first], [4]);
  lab.addMachine('guarded', [first + 1], [4]);
  lab.applyRules('guarded', kHostFirewall);
  return Promise.all([meet(lab), meetInVain(lab)]);
}
