// A page and Node, by connect() at both ends: the page in Chromium on the public segment, through the
// gateway there, and Node by sockets of its own behind a NAT.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LineProcess } from '../../demo/runner/process.mjs';
import { inTree } from '../runner/tree.mjs';
import { browserOn } from './browser.mjs';
import { kAccess, stunUri, turnUri } from './coturn.mjs';
import { kGatewayUrl, kToken } from './servers.mjs';

const kMachine = 't'; // has a way to the gateway, and no NAT
const kSeconds = 15;

/// Where Node is, and which candidates of Node's may win. The page has the gateway's public address.
const kWays = [
  { node: 'port-restricted', wins: ['host', 'srflx', 'prflx'] },
  { node: 'symmetric', wins: ['host', 'srflx', 'prflx'] },
  { node: 'UDP blocked', turn: 'tcp', wins: ['relay/tcp'] },
  // not where only port 443 is open: the lab's signalling server has another
  { node: 'UDP blocked', turn: 'tls', wins: ['relay/tls'] },
];

/// What the gateway of the lab serves: an empty page, with the package beside it.
export function writeSite(lab) {
  const site = path.join(lab.folder, 'site');
  mkdirSync(site, { recursive: true });
  cpSync(inTree('js/dist'), path.join(site, 'dist'), { recursive: true });
  writeFileSync(path.join(site, 'index.html'), '<!doctype html><title>a page of the lab</title>\n');
  return site;
}

function startNode(lab, home, authority, room, turn) {
  const { user, password } = kAccess.longTerm.credentials();
  const relay = { urls: turnUri(turn), username: user, credential: password };
  const iceServers = [{ urls: stunUri() }, ...(turn ? [relay] : [])];
  const signaling = `${kGatewayUrl.replace('http', 'ws')}/signal`;
  const options = JSON.stringify({ signaling, room, token: kToken, iceServers });
  return new LineProcess(
    'Node',
    [...lab.inside(home), process.execPath, inTree('tests/netlab/node_device.mjs'), options],
    { env: { NODE_EXTRA_CA_CERTS: authority } },
  );
}

/// Runs in the page: resolves to what came back.
async function sayHello({ room, token, milliseconds }) {
  const { connect } = await import('/dist/index.js');
  const signal = AbortSignal.timeout(milliseconds);
  const device = await connect({ gateway: '/tunnel', signaling: '/signal', room, token, signal });
  const answer = new Promise((resolve, reject) => {
    device.addEventListener('datagram', ({ data }) => resolve(new TextDecoder().decode(data)));
    device.closed.then((reason) => reject(new Error(`no echo: ${reason}`)));
  });
  const repeat = setInterval(() => device.send(new TextEncoder().encode('hello')), 100);
  try {
    return await answer;
  } finally {
    clearInterval(repeat);
    device.close();
  }
}

async function meet(lab, networks, authority, page, { node, turn, wins }, index) {
  const name = `Node, ${node}${turn ? ` by TURN over ${turn}` : ''}, and a page`;
  const room = `page-${index}`;
  const device = startNode(lab, networks.left.get(node), authority, room, turn);
  try {
    const [answer, { type, relayProtocol }] = await Promise.all([
      page.evaluate(sayHello, { room, token: kToken, milliseconds: kSeconds * 1000 }),
      device.line(({ event }) => event === 'connected', kSeconds, 'connect'),
    ]);
    const by = type === 'relay' ? `relay/${relayProtocol}` : type;
    if (answer !== 'hello' || !wins.includes(by)) throw new Error(`"${answer}" came back by ${by}`);
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: [error.message, ...device.errors].join('; ') };
  } finally {
    await device.stop('SIGKILL');
  }
}

/// Results for tests/run; networks as buildNetworks() gives them.
export async function meetPage(lab, networks, authority, repeats) {
  const browser = await browserOn(lab, kMachine);
  const results = [];
  try {
    const page = await browser.newPage();
    await page.goto(`${kGatewayUrl}/`);
    for (let repeat = 0; repeat < repeats; ++repeat)
      for (const [index, way] of kWays.entries())
        results.push(await meet(lab, networks, authority, page, way, `${repeat}-${index}`));
  } finally {
    await browser.close();
  }
  return results;
}
