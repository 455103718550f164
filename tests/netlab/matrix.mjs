// Every kind of network meets every other, and itself.
import { agentCommand, inParallel, isRelayed, meetOnce } from './meetings.mjs';
import { addHomes, kNetworkKinds, meetDirectly } from './network_kinds.mjs';
import { serverOptions } from './servers.mjs';

const kWidth = 12; // meetings at a time: more would measure the machine
const kConnectMs = 15_000;

/// Two homes of each kind of `names`, called a0, a1, … and b0, b1, …, numbered from 1.
export async function buildNetworks(lab, names = Object.keys(kNetworkKinds)) {
  const rightFirst = 1 + names.length;
  return {
    names,
    rightFirst,
    left: await addHomes(lab, names, 'a', 1),
    right: await addHomes(lab, names, 'b', rightFirst),
  };
}

function cellsOf(names) {
  return names.flatMap((left, index) =>
    names.slice(index).map((right) => {
      const direct = meetDirectly(kNetworkKinds[left], kNetworkKinds[right]);
      return { left, right, expected: direct ? 'direct' : 'relay', runs: [] };
    }),
  );
}

/// Each end is controlling in every other meeting; of four, two use coturn and two the gateway.
async function meetInCell(lab, networks, cell, repeat, authority) {
  const roles = repeat % 2 === 0 ? ['controlling', 'controlled'] : ['controlled', 'controlling'];
  const server = repeat % 4 < 2 ? 's' : 'g';
  const options = (name) => serverOptions(kNetworkKinds[name], authority, server);
  const left = agentCommand(lab, networks.left.get(cell.left), roles[0], options(cell.left));
  const right = agentCommand(lab, networks.right.get(cell.right), roles[1], [
    ...options(cell.right),
    '--echo',
  ]);
  cell.runs.push(await meetOnce(left, right, kConnectMs, { direct: cell.expected === 'direct' }));
}

/// All cells with the runs of each, as meetOnce() says them.
export async function runMatrix(lab, networks, { repeats, authority }) {
  const cells = cellsOf(networks.names);
  const task = (repeat) => (cell) => () => meetInCell(lab, networks, cell, repeat, authority);
  const tasks = Array.from({ length: repeats }, (_, repeat) => cells.map(task(repeat))).flat();
  await inParallel(tasks, kWidth);
  return cells;
}

/// The end whose network leads to a relay in other ways only.
function wrongTransport({ left, right }, { kinds }) {
  return [left, right].find((name, end) => {
    const { relayedOver } = kNetworkKinds[name];
    return relayedOver && !relayedOver.some((transport) => kinds[end] === `relay/${transport}`);
  });
}

/// What is wrong with a run of a cell; empty: nothing.
function problem(cell, run) {
  const { expected } = cell;
  if (run.why) return run.why;
  if (isRelayed(run) === (expected === 'relay') && !wrongTransport(cell, run)) return '';
  return `met by ${run.kinds.join(' and ')}, expected ${expected}`;
}

/// A result for tests/run.
export function judge(cell) {
  const problems = cell.runs.map((run) => problem(cell, run)).filter(Boolean);
  const passed = cell.runs.length - problems.length;
  return {
    name: `${cell.left} and ${cell.right}`,
    passed,
    failed: problems.length,
    why: problems[0],
  };
}
