// A browser's own WebRTC and our agent: a data channel between Chromium's RTCPeerConnection and
// `floe agent`, without any gateway, in both roles, over kernel NATs and TURN; and between two pages,
// one of which has the wasm agent and the gateway.
import { SdpAgent } from '../runner/sdp_agent.mjs';
import { binary } from '../runner/tree.mjs';
import { TunnelAgent } from '../runner/tunnel_agent.mjs';
import { WebrtcPage } from '../runner/webrtc_page.mjs';
import { browserOn } from './browser.mjs';
import { kAccess, stunUri, turnUri } from './coturn.mjs';
import { kNetworkKinds } from './network_kinds.mjs';
import { kGatewayUrl, kToken, serverOptions } from './servers.mjs';

const kConnectMs = 10_000;
const kLabel = 'doors';
const kBulkSize = 64 << 10;
const kBulkMs = 300_000;

/// Where the browser is, and our agent, and by which of our candidates they may meet. Without an
/// agent's network, both are on one machine, where the browser tells names of mDNS instead of
/// addresses.
const kWays = [
  { browser: 'port-restricted', wins: ['host'], isMany: true },
  { browser: 'port-restricted', agent: 'port-restricted', wins: ['srflx', 'prflx', 'host'] },
  { browser: 'full-cone', agent: 'symmetric', wins: ['srflx', 'prflx', 'host'] },
  { browser: 'symmetric', agent: 'port-restricted', wins: ['relay', 'host', 'srflx'] },
  { browser: 'late, reordered', agent: 'loss', wins: ['srflx', 'prflx', 'host'] },
];

/// Of the machine that has a way to the gateway, and no NAT.
const kPublicMachine = 't';
const kTunnelWay = { browser: 'port-restricted', wins: ['host'] };

function iceServers() {
  const { user, password } = kAccess.longTerm.credentials();
  return [{ urls: stunUri() }, { urls: turnUri('udp'), username: user, credential: password }];
}

export const startAgent = (lab, home, role, servers) =>
  new SdpAgent([
    ...lab.inside(home),
    ...[binary('floe'), 'agent', '--signal', 'sdp', '--role', role, '--echo', ...servers],
  ]);

/// The page offers, with a channel of its own.
async function pageOffers(page, agent, media = []) {
  await agent.hear(await page.describe({ iceServers: iceServers(), label: kLabel, media }));
  await page.hearAnswer(await agent.description());
}

/// The agent rejects all but the channel.
const pageOffersMedia = (page, agent) => pageOffers(page, agent, ['audio', 'video']);

/// The agent offers, and opens the channel.
async function pageAnswers(page, agent) {
  await agent.order('open-channel', { label: kLabel });
  const offer = await agent.description();
  await agent.hear(await page.describe({ iceServers: iceServers(), offer }));
}

export const kRoles = [
  { name: 'as offerer', role: 'controlled', exchange: pageOffers },
  { name: 'as answerer', role: 'controlling', exchange: pageAnswers },
];
export const kMediaRole = {
  name: 'as offerer of media, too',
  role: 'controlled',
  exchange: pageOffersMedia,
};

/// Resolves to the milliseconds from the last description to the open channel.
async function meet(page, agent, exchange, wins) {
  await exchange(page, agent);
  const start = performance.now();
  await page.opened(kLabel, kConnectMs);
  const ms = performance.now() - start;
  const answer = await page.ask(kLabel, 'is it open?');
  if (answer !== 'is it open?') throw new Error(`"${answer}" came back`);
  const way = await agent.way();
  if (!wins.includes(way)) throw new Error(`met by ${way}`);
  return ms;
}

/// One result of `repeats` meetings with agents that `startOne` starts.
export async function meetings(page, name, { startOne, exchange, wins }, repeats) {
  const times = [];
  let why;
  for (let repeat = 0; repeat < repeats; ++repeat) {
    const agent = await startOne();
    try {
      times.push(await meet(page, agent, exchange, wins));
    } catch (error) {
      why ??= [error.message, ...agent.errors].join('; ');
    }
    await page.hangUp();
    await agent.stop('SIGKILL');
  }
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  console.log(`${name}: ${times.length} of ${repeats} met, open after ${median?.toFixed(0)} ms`);
  return { name, passed: times.length, failed: repeats - times.length, why };
}

/// The channel goes on over a restart of ICE, and carries what is compared byte for byte.
export async function stays(lab, page, home, megabytes, peer = 'Chromium') {
  const name = `a channel with ${peer}: a restart, and ${megabytes} MB there and back`;
  const agent = startAgent(lab, home, 'controlled', []);
  try {
    await meet(page, agent, pageOffers, ['host']);
    agent.hear(await page.restart());
    await page.hearAnswer(await agent.description());
    await page.ask(kLabel, 'after the restart');
    const count = Math.round((megabytes * 1e6) / kBulkSize);
    const { ms } = await page.bulk(kLabel, { size: kBulkSize, count, milliseconds: kBulkMs });
    console.log(`${name}: ${((megabytes * 1000) / ms).toFixed(1)} MB/s each way`);
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: [error.message, ...agent.errors].join('; ') };
  } finally {
    await agent.stop('SIGKILL');
  }
}

const kChromium = { name: 'Chromium', on: browserOn };

/// The wasm agent in a page of Chromium on the public segment, by the gateway there. `peer` starts the
/// other browser on a machine.
export async function throughGateway(lab, networks, repeats, peer = kChromium) {
  const browser = await peer.on(lab, networks.left.get(kTunnelWay.browser));
  const theirs = await browserOn(lab, kPublicMachine);
  const results = [];
  try {
    const page = await WebrtcPage.open(browser);
    const site = await theirs.newPage();
    await site.goto(`${kGatewayUrl}/`);
    for (const { name, role, exchange } of kRoles) {
      const startOne = () => new TunnelAgent(site, role, kToken);
      const where = `${kTunnelWay.browser}, the wasm agent through the gateway`;
      const way = { startOne, exchange, wins: kTunnelWay.wins };
      results.push(await meetings(page, `${peer.name} ${name}: ${where}`, way, repeats));
    }
  } finally {
    await browser.close();
    await theirs.close();
  }
  return results;
}

/// Results for tests/run; networks as buildNetworks() gives them.
export async function meetWebrtc(lab, networks, { repeats, many, megabytes }) {
  const results = [];
  for (const way of kWays) {
    const home = networks.left.get(way.browser);
    const browser = await browserOn(lab, home);
    try {
      const page = await WebrtcPage.open(browser);
      const ours = way.agent ? networks.right.get(way.agent) : home;
      for (const role of way.isMany ? [...kRoles, kMediaRole] : kRoles) {
        const where = way.agent ? `${way.browser}, our agent ${way.agent}` : 'on one machine';
        const servers = way.agent ? serverOptions(kNetworkKinds[way.agent]) : [];
        const startOne = () => startAgent(lab, ours, role.role, servers);
        const { exchange } = role;
        const name = `Chromium ${role.name}: ${where}`;
        const count = way.isMany ? many : repeats;
        results.push(await meetings(page, name, { startOne, exchange, wins: way.wins }, count));
      }
      if (way.isMany) results.push(await stays(lab, page, ours, megabytes));
    } finally {
      await browser.close();
    }
  }
  return [...results, ...(await throughGateway(lab, networks, many))];
}
