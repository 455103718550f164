// Firefox and our agent, as webrtc_meets.mjs has it with Chromium: a data channel in both roles, on one
// machine, through NATs, and over TURN.
import { WebrtcPage } from '../runner/webrtc_page.mjs';
import { firefoxOn } from './browser.mjs';
import { kNetworkKinds } from './network_kinds.mjs';
import { serverOptions } from './servers.mjs';
import {
  kMediaRole,
  kRoles,
  meetings,
  startAgent,
  stays,
  throughGateway,
} from './webrtc_meets.mjs';

/// Firefox tells addresses to pages that nobody trusts only as names of mDNS.
const kTellsAddresses = { 'media.peerconnection.ice.obfuscate_host_addresses': false };

/// As kWays in webrtc_meets.mjs. Where both tell names only, somebody must resolve one. In the networks
/// of the last one they meet only by a relay.
const kWays = [
  { where: 'on one machine, by a name of mDNS', browser: 'port-restricted', wins: ['host'] },
  {
    where: 'on one machine, by two names of mDNS',
    browser: 'port-restricted',
    options: ['--mdns', 'hide'],
    wins: ['host'],
  },
  {
    where: 'on one machine, by addresses',
    browser: 'port-restricted',
    preferences: kTellsAddresses,
    wins: ['host'],
  },
  {
    where: 'port-restricted, our agent, too',
    browser: 'port-restricted',
    agent: 'port-restricted',
    wins: ['srflx', 'prflx', 'host'],
  },
  {
    where: 'symmetric, our agent port-restricted, by TURN',
    browser: 'symmetric',
    agent: 'port-restricted',
    wins: ['relay', 'host', 'srflx'],
  },
];

export const kFirefoxNetworks = ['port-restricted', 'symmetric'];

async function meetOneWay(lab, networks, way, { repeats, megabytes }) {
  const home = networks.left.get(way.browser);
  const browser = await firefoxOn(lab, home, way.preferences);
  const results = [];
  try {
    console.log(`Firefox ${browser.version} ${way.where}`);
    const page = await WebrtcPage.open(browser);
    const ours = way.agent ? networks.right.get(way.agent) : home;
    const options = way.agent ? serverOptions(kNetworkKinds[way.agent]) : (way.options ?? []);
    for (const { name, role, exchange } of [...kRoles, kMediaRole]) {
      const startOne = () => startAgent(lab, ours, role, options);
      const one = { startOne, exchange, wins: way.wins };
      results.push(await meetings(page, `Firefox ${name}: ${way.where}`, one, repeats));
    }
    if (!way.agent && !way.options)
      results.push(await stays(lab, page, ours, megabytes, `Firefox ${way.where}`));
  } finally {
    await browser.close();
  }
  return results;
}

/// Results for tests/run; networks as buildNetworks() gives them, of kFirefoxNetworks.
export async function meetFirefox(lab, networks, { repeats, megabytes }) {
  const results = [];
  for (const way of kWays)
    results.push(...(await meetOneWay(lab, networks, way, { repeats, megabytes })));
  const firefox = { name: 'Firefox', on: firefoxOn };
  return [...results, ...(await throughGateway(lab, networks, repeats, firefox))];
}
