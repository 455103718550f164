// Node with sockets of its own behind the lab's NATs: its agent meets the native one and libnice, by a
// direct path, and by a relay over UDP, TCP and TLS where there is none.
import { kLibnice } from '../interop/libnice.mjs';
import { inTree } from '../runner/tree.mjs';
import { kAccess, kAddresses, stunUri, turnUri } from './coturn.mjs';
import { agentCommand, commandOn, inParallel, meetOnce } from './meetings.mjs';
import { addressIn } from './network_kinds.mjs';

const kWidth = 8;
const kConnectMs = 20_000; // libnice waits for its own pace
const kDirect = ['host', 'srflx', 'prflx'];

/// Where Node is and where its peer is, which server Node may relay by, and by which of its candidates
/// it must be connected. Only Node has a relay.
export const kNodeWays = [
  { node: 'public', peer: 'public', wins: kDirect },
  { node: 'port-restricted', peer: 'port-restricted', wins: kDirect },
  { node: 'symmetric', peer: 'port-restricted', turn: 'udp', wins: ['relay/udp'] },
  { node: 'UDP blocked', peer: 'port-restricted', turn: 'tcp', wins: ['relay/tcp'] },
  { node: 'only 443', peer: 'port-restricted', turn: 'tls', wins: ['relay/tls'] },
];

/// The words that start `file` of the package in Node, which trusts the lab's authority.
export const nodeCommand = (lab, home, authority, file, args) =>
  commandOn(lab, home, [
    ...['env', `NODE_EXTRA_CA_CERTS=${authority}`, process.execPath],
    ...[inTree(file), ...args],
  ]);

function nodeAgent(lab, home, authority, { role, turn, peer }) {
  const { user, password } = kAccess.longTerm.credentials();
  const relay = ['--turn', turnUri(turn), '--turn-user', user, '--turn-pass', password];
  const options = ['--role', role, '--stun', stunUri(), ...(turn ? relay : [])];
  if (peer === 'libnice') options.push('--dtls', 'off');
  return nodeCommand(lab, home, authority, 'js/bin/floe.mjs', ['agent', ...options]);
}

const kPeers = {
  native: (lab, home, role) => agentCommand(lab, home, role, ['--stun', stunUri(), '--echo']),
  libnice: (lab, home, role, address) =>
    commandOn(lab, home, [
      ...[kLibnice, '--bind', address, '--role', role],
      ...['--stun', kAddresses.s[4][0], '--echo'],
    ]),
};

/// Each end is controlling in every other meeting.
async function meetInCell(lab, networks, authority, { way, peer, runs }, repeat) {
  const roles = repeat % 2 === 0 ? ['controlling', 'controlled'] : ['controlled', 'controlling'];
  const { left, right } = networks;
  const node = nodeAgent(lab, left.get(way.node), authority, {
    ...{ role: roles[0], turn: way.turn, peer },
  });
  const address = addressIn(networks, way.peer);
  const other = kPeers[peer](lab, right.get(way.peer), roles[1], address);
  runs.push(await meetOnce(node, other, kConnectMs));
}

function judge({ way, peer, runs }) {
  const name = `Node, ${way.node}${way.turn ? ` by TURN over ${way.turn}` : ''}, and ${peer}`;
  const problems = runs
    .map(({ why, kinds }) => why ?? (way.wins.includes(kinds[0]) ? '' : `by ${kinds.join(', ')}`))
    .filter(Boolean);
  const times = runs.flatMap(({ ms = [] }) => ms).sort((a, b) => a - b);
  const passed = runs.length - problems.length;
  const median = times[Math.floor(times.length / 2)];
  console.log(`${name}: ${passed} of ${runs.length} met, median ${median} ms`);
  return { name, passed, failed: problems.length, why: problems[0] };
}

/// Results for tests/run; networks as buildNetworks() gives them.
export async function meetNode(lab, networks, authority, repeats) {
  const cells = kNodeWays.flatMap((way) =>
    Object.keys(kPeers).map((peer) => ({ way, peer, runs: [] })),
  );
  const tasks = cells.flatMap((cell) =>
    Array.from(
      { length: repeats },
      (_, repeat) => () => meetInCell(lab, networks, authority, cell, repeat),
    ),
  );
  await inParallel(tasks, kWidth);
  return cells.map(judge);
}
