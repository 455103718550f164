// connect() with `direct: 'only'` in Chromium: no gateway, and the browser's own WebRTC to floe-device
// behind a NAT, which goes and comes again, and to another page.
import { LineProcess } from '../../demo/runner/process.mjs';
import { binary } from '../runner/tree.mjs';
import { browserOn } from './browser.mjs';
import { stunUri } from './coturn.mjs';
import { kGatewayUrl, kToken } from './servers.mjs';

const kSeconds = 20;
const kHome = 'port-restricted';
const kOthers = `00:${'AB:'.repeat(30)}CD`;

/// Runs in the page: connects, says hello ten times a second, and answers whom it hears.
async function begin(options) {
  const { connect } = await import('/dist/index.js');
  const servers = { signaling: '/signal', direct: 'only' };
  const peer = await connect({ ...servers, ...options });
  const seen = { peer, heard: 0, events: [] };
  peer.ondatagram = () => (seen.heard += 1);
  for (const type of ['waiting', 'reconnecting', 'reconnected']) {
    peer.addEventListener(type, ({ reason = '' }) => seen.events.push(`${type} ${reason}`));
  }
  // Its writes wait while there is no path, and go on when there is one.
  const writer = peer.datagrams.writable.getWriter();
  setInterval(() => writer.write(new TextEncoder().encode('hello')), 100);
  window.seen = seen;
}

/// Runs in the page: what the connection says of itself.
function look() {
  const { peer, heard } = window.seen;
  let transport;
  try {
    ({ transport } = peer);
  } catch ({ code }) {
    transport = code;
  }
  const { fingerprint, peerFingerprint, protocol } = peer.security;
  return { path: peer.path, transport, heard, fingerprint, peerFingerprint, protocol };
}

/// Runs in the page: resolves to the code of the error with which connect() rejects.
async function refusal(options) {
  const { connect } = await import('/dist/index.js');
  const servers = { signaling: '/signal', direct: 'only' };
  return connect({ ...servers, ...options }).then(
    () => 'none',
    ({ code }) => code,
  );
}

const hasHeard = () => window.seen.heard > 0;
const hasCome = () => window.seen.events.includes('reconnected ') && window.seen.heard > 0;

function must(isTrue, what) {
  if (!isTrue) throw new Error(what);
}

/// floe-device in the room, when it has joined.
export async function startDevice(lab, home, room) {
  const url = `${kGatewayUrl.replace('http', 'ws')}/signal/${room}`;
  const options = ['--token', kToken, '--stun', stunUri()];
  const command = [...lab.inside(home), binary('floe-device'), url, ...options];
  const device = new LineProcess('device', command);
  await device.line(({ state }) => state === 'joined', 5, 'join the room');
  return device;
}

async function openPage(browser) {
  const page = await browser.newPage();
  await page.goto(`${kGatewayUrl}/`);
  return page;
}

const options = (room, rest = {}) => ({
  room,
  token: kToken,
  iceServers: [{ urls: stunUri() }],
  ...rest,
});

async function untilHeard(page, condition = hasHeard) {
  const patience = { timeout: kSeconds * 1000, polling: 50 };
  await page.waitForFunction(condition, undefined, patience).catch(async ({ message }) => {
    const { heard, events } = await page.evaluate(() => window.seen);
    throw new Error(`${message} ${heard} heard; ${events.join('; ')}`);
  });
}

/// A page and the device, before and after it was started again.
async function meetsDevice({ lab, networks, browser }) {
  const room = 'direct-only';
  const home = networks.right.get(kHome);
  let device = await startDevice(lab, home, room);
  const page = await openPage(browser);
  try {
    const refused = await page.evaluate(refusal, options(room, { expectedFingerprint: kOthers }));
    must(refused === 'not-expected', `another certificate: ${refused}`);
    await page.evaluate(begin, options(room));
    await untilHeard(page);
    const seen = await page.evaluate(look);
    must(seen.path === 'direct' && seen.transport === 'no-transport', JSON.stringify(seen));
    must(/^DTLS 1/.test(seen.protocol), JSON.stringify(seen));
    await device.stop('SIGKILL');
    const begun = performance.now();
    device = await startDevice(lab, home, room);
    await page.evaluate(() => (window.seen.heard = 0));
    await untilHeard(page, hasCome);
    const ms = Math.round(performance.now() - begun);
    console.log(`a page without a gateway has the device again ${ms} ms after its start`);
  } finally {
    await page.close();
    await device.stop('SIGKILL');
  }
}

async function meetsPage({ browser, other }) {
  const room = 'direct-pages';
  const pages = [await openPage(browser), await openPage(other)];
  try {
    await Promise.all(pages.map((page) => page.evaluate(begin, options(room))));
    await Promise.all(pages.map((page) => untilHeard(page)));
    const [first, second] = await Promise.all(pages.map((page) => page.evaluate(look)));
    must(first.fingerprint === second.peerFingerprint, 'the second sees another certificate');
    must(second.fingerprint === first.peerFingerprint, 'the first sees another certificate');
  } finally {
    for (const page of pages) await page.close();
  }
}

/// Results for tests/run.
export async function goDirectlyOnly(lab, networks) {
  const browser = await browserOn(lab, networks.left.get(kHome));
  const other = await browserOn(lab, networks.right.get(kHome));
  const place = { lab, networks, browser, other };
  const judge = (name, meet) =>
    meet(place).then(
      () => ({ name, passed: 1 }),
      ({ message }) => ({ name, failed: 1, why: message }),
    );
  try {
    return [
      await judge('a page without a gateway, and a device', meetsDevice),
      await judge('two pages without a gateway', meetsPage),
    ];
  } finally {
    await browser.close();
    await other.close();
  }
}
