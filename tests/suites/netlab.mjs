// Outside of any simulation: routers of the kernel in network namespaces, coturn and the gateway on
// the public segment, real agents behind every kind of NAT.
// needs: native wasm js interop netlab browser
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildLibnice } from '../interop/libnice.mjs';
import { tryClients } from '../netlab/coturn_clients.mjs';
import { meetAlone } from '../netlab/device_serves.mjs';
import { meetDirectly } from '../netlab/direct_page.mjs';
import { endings } from '../netlab/killed.mjs';
import { outliveGateway } from '../netlab/direct_outlives.mjs';
import { goDirectlyOnly } from '../netlab/direct_only.mjs';
import { changeDirectWay } from '../netlab/direct_way.mjs';
import { meetByName } from '../netlab/hidden_names.mjs';
import { Lab } from '../netlab/lab.mjs';
import { meetLibnice } from '../netlab/libnice_meets.mjs';
import { buildNetworks, judge, runMatrix } from '../netlab/matrix.mjs';
import { report, table } from '../netlab/matrix_text.mjs';
import { measureChanges } from '../netlab/moves.mjs';
import { meetNode } from '../netlab/node_meets.mjs';
import { tryOurs } from '../netlab/our_clients.mjs';
import { meetPage, writeSite } from '../netlab/page_meets.mjs';
import { probeNetworks, recogniseNats } from '../netlab/probes.mjs';
import { keepsBindings } from '../netlab/quiet.mjs';
import { tryRoads } from '../netlab/roads.mjs';
import { goByRtcTransport } from '../netlab/rtc_transport.mjs';
import { startServers } from '../netlab/servers.mjs';
import { walkThrough } from '../netlab/walk_through.mjs';
import { meetWebrtc } from '../netlab/webrtc_meets.mjs';
import { meetByWhip } from '../netlab/whip_meets.mjs';
import { buildPackage } from '../runner/build.mjs';
import { artefacts } from '../runner/tree.mjs';

// Numbers of homes; those of the matrix are below.
const kHairpinHome = 43;
const kMoves = 44;
const kStory = 70;
const kLibnice = 75;
const kQuiet = 80;
const kRoads = 40;
const kMover = 30;
// Of two machines each on the public segment.
const kByName = 240;
const kLinkLocal = 242;
const kLitePeer = 244;
const kDirect = 245;
const kDirectWay = 246;
const kGuarded = 247; // two machines, as above
const kAlone = 249;
const kOutlives = 250;

// How often each meets, and how much is compared.
const kShort = {
  repeats: 10,
  nodeRepeats: 2,
  webrtc: { repeats: 2, many: 20, megabytes: 64 },
  whip: { repeats: 2, many: 20, megabytes: 256 },
};
const kLong = {
  isLong: true,
  repeats: 100,
  nodeRepeats: 20,
  webrtc: { repeats: 20, many: 100, megabytes: 1000 },
  whip: { repeats: 100, many: 100, megabytes: 1000 },
};

async function matrix(lab, networks, authority, repeats) {
  const cells = await runMatrix(lab, networks, { repeats, authority });
  const file = path.join(artefacts, 'netlab-matrix.txt');
  mkdirSync(artefacts, { recursive: true });
  writeFileSync(file, report(networks.names, cells));
  console.log(`${table(networks.names, cells)}\n(each cell in ${file})`);
  return cells.map(judge);
}

/// Returns results also when `work` throws, since other work is still under way then.
async function attempt(name, work) {
  try {
    return await work();
  } catch (error) {
    return [{ name, failed: 1, why: error.message }];
  }
}

async function oneByOne(works) {
  const results = [];
  for (const [name, work] of works) results.push(...(await attempt(name, work)));
  return results;
}

async function everything(lab, { repeats, nodeRepeats, webrtc, whip, isLong }) {
  const site = writeSite(lab);
  const servers = await startServers(lab, { documents: site });
  const networks = await buildNetworks(lab);
  lab.addHome('hairpin', kHairpinHome, { router: 'full-cone-hairpin' });
  const pages = () =>
    oneByOne([
      ['a page with RTCPeerConnection', () => meetDirectly(lab, kDirect, whip.many)],
      ['a page that goes directly', () => changeDirectWay(lab, networks, kDirectWay)],
      ['a page without its gateway', () => outliveGateway(lab, kOutlives, site)],
      ['a device alone', () => meetAlone(lab, kAlone)],
      ['pages without a gateway', () => goDirectlyOnly(lab, networks)],
      ['pages with RtcTransport', () => (isLong ? goByRtcTransport(lab, networks) : [])],
      ['a page', () => meetPage(lab, networks, servers.authority, nodeRepeats)],
    ]);
  // Work that mostly waits runs beside work that mostly computes. Browsers compute much: they come one
  // after the other, when nothing is left whose milliseconds count.
  const waiting = Promise.all([
    attempt('changes', () => measureChanges(lab, kMoves, kLitePeer)),
    attempt('names', () => meetByName(lab, kByName)),
    attempt('roads', () => tryRoads(lab, kRoads, kLinkLocal)),
    attempt('bindings', () => keepsBindings(lab, kQuiet)),
    attempt('clients of coturn', () => tryClients(lab, networks.left, servers)),
    attempt('our clients', () => tryOurs(lab, networks.left, servers)),
    attempt('kinds of NAT', () => recogniseNats(lab, networks.left, 'hairpin')),
    attempt('kinds of network', () => probeNetworks(lab, networks.left, 1)),
  ]).then(async (waited) => [...waited.flat(), ...(await pages())]);
  const working = [await walkThrough(lab, kStory), ...(await meetLibnice(lab, kLibnice, repeats))];
  working.push(...(await meetNode(lab, networks, servers.authority, nodeRepeats)));
  working.push(...(await meetWebrtc(lab, networks, webrtc)));
  const numbers = { first: kMover, publicFirst: kGuarded };
  working.push(...(await meetByWhip(lab, networks, numbers, whip)));
  return [
    ...(await waiting),
    ...working,
    ...(await matrix(lab, networks, servers.authority, repeats)),
  ];
}

export async function run({ long }) {
  await buildPackage();
  if (process.getuid() !== 0)
    return [{ name: 'network namespaces', skipped: 1, why: 'they need root' }];
  await buildLibnice();
  const ended = await endings();
  const lab = new Lab();
  try {
    return [...ended, ...(await everything(lab, long ? kLong : kShort))];
  } finally {
    lab.close();
  }
}
