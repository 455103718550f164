// Networks that change under connected agents: data must go on, and the time without it is measured.
import { Round } from '../interop/round.mjs';
import { Flow } from './flow.mjs';
import { agentCommand } from './meetings.mjs';
import { serverOptions } from './servers.mjs';

const kBeforeMs = 500;
const kAfterMs = 1500; // how long data must flow afterwards
const kPatienceMs = 40_000; // consent is lost after 30 s
const kPollMs = 50;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/// Each changes something on the left machine's side. `restarts`: its agent is told to restart, too.
/// `role` is the left agent's, `peer` are options of the right one. `within`: the longest time without
/// data, in ms.
const kChanges = [
  { name: 'restart, nothing changes', right: 'narrow', restarts: true, change: () => {} },
  {
    name: 'the NAT gets another address and forgets its bindings, peer in the open',
    right: 'open',
    change: rebind,
  },
  {
    name: 'the NAT gets another address and forgets its bindings, restart',
    right: 'narrow',
    restarts: true,
    change: rebind,
  },
  { name: 'an end moves to another network', right: 'open', change: move },
  // Where only silence tells: 3.5 s, and some for a busy machine.
  ...[
    ['controlling', 'open', []],
    ['controlled', 'open', []],
    ['controlling', 'open', ['--nomination', 'aggressive']],
    ['controlled', 'open', ['--nomination', 'aggressive']],
    ['controlling', 'lite', ['--lite']],
  ].map(([role, right, peer]) => ({
    name: `the NAT of a ${role} end is rebound, peer ${peer.join(' ') || 'full'}`,
    right,
    role,
    peer,
    within: 4_500,
    change: rebind,
  })),
  {
    name: 'from Wi-Fi to cell, both for a second',
    right: 'open',
    within: 1_500,
    change: async (lab, traveller) => {
      lab.switchOn(traveller.home, traveller.number + 1, traveller.kind, 'eth1', 10);
      await sleep(1_000);
      lab.switchOff(traveller.home, 'eth0');
    },
  },
  {
    name: 'an end moves to another network, restart',
    right: 'narrow',
    restarts: true,
    change: move,
  },
];

function rebind(lab, { home, number }) {
  lab.renumber(lab.routerOf(home), number);
}

function move(lab, { home, number, kind }) {
  lab.switchOff(home, 'eth0');
  lab.switchOn(home, number + 1, kind, 'eth1');
}

/// A machine with two ways out, the second one off.
function addTraveller(lab, home, number) {
  const kind = { router: 'port-restricted' };
  lab.addHome(home, number, kind);
  lab.addUplink(home, number + 1, kind, 'eth1');
  return { home, number, kind };
}

async function flowsAgain(flows) {
  const deadline = performance.now() + kPatienceMs;
  for (let since = null; performance.now() < deadline; await sleep(kPollMs)) {
    const flowing = flows.every((flow) => flow.silentMs < 3 * kPollMs);
    since = flowing ? (since ?? performance.now()) : null;
    if (since !== null && performance.now() - since > kAfterMs) return true;
  }
  return false;
}

async function measure(lab, traveller, cell) {
  const { name, right, restarts, change, role = 'controlling', peer = [], within } = cell;
  const options = serverOptions({});
  const round = new Round(
    agentCommand(lab, traveller.home, role, options),
    agentCommand(lab, right, role === 'controlling' ? 'controlled' : 'controlling', [
      ...(peer.includes('--lite') ? [] : options),
      ...peer,
    ]),
    kPatienceMs,
  );
  try {
    await round.connect();
    const flows = [new Flow(round.left, round.right), new Flow(round.right, round.left)];
    await sleep(kBeforeMs);
    for (const flow of flows) flow.watch();
    await change(lab, traveller);
    if (restarts) round.left.order('restart');
    const ok = await flowsAgain(flows);
    const [out, back] = flows.map(({ gapMs, lost }) => `${gapMs} ms (${lost} lost)`);
    for (const flow of flows) flow.stop();
    const longest = Math.max(...flows.map(({ gapMs }) => gapMs));
    if (ok && within && longest > within)
      return { name, failed: 1, why: `${longest} ms without data, more than ${within}` };
    console.log(`${name}: without data for ${out} from it, ${back} to it`);
    return ok
      ? { name, passed: 1 }
      : { name, failed: 1, why: round.explain('data does not go on') };
  } catch (error) {
    return { name, failed: 1, why: round.explain(error.message) };
  } finally {
    round.destroy();
  }
}

/// Results for tests/run. Numbers of homes from `first`, and of a machine on the public segment.
export async function measureChanges(lab, first, publicNumber) {
  lab.addHome('narrow', first, { router: 'port-restricted' });
  lab.addHome('open', first + 1, { router: 'full-cone' });
  lab.addMachine('lite', [publicNumber], [4]);
  const travellers = kChanges.map((_, index) =>
    addTraveller(lab, `t${index}`, first + 2 + 2 * index),
  );
  return Promise.all(kChanges.map((change, index) => measure(lab, travellers[index], change)));
}
