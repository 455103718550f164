// connect() with `rtcTransport: true` in Chromium, which has RtcTransport if a flag says so: no gateway,
// no SDP and no SCTP, between floe-device behind a NAT and a page, or a SharedWorker; and between two
// pages.
import { browserOn } from './browser.mjs';
import { stunUri } from './coturn.mjs';
import { startDevice } from './direct_only.mjs';
import { kGatewayUrl, kToken } from './servers.mjs';

const kSeconds = 40;
const kPollMs = 50;
const kHome = 'port-restricted';
const kFlags = [
  '--enable-blink-features=RTCRtpTransport',
  // It is in secure contexts only.
  `--unsafely-treat-insecure-origin-as-secure=${kGatewayUrl}`,
];

/// Runs in the page or in the SharedWorker: connects, and says hello ten times a second.
async function begin(options) {
  const { connect } = await import(`${options.site}/dist/index.js`);
  const seen = { heard: 0, events: [] };
  globalThis.seen = seen;
  const servers = { signaling: `${options.site}/signal`, direct: 'only', rtcTransport: true };
  const peer = await connect({ ...servers, ...options });
  seen.peer = peer;
  peer.ondatagram = ({ data }) =>
    (seen.heard += Number(new TextDecoder().decode(data) === 'hello'));
  for (const type of ['reconnecting', 'reconnected'])
    peer.addEventListener(type, () => seen.events.push(type));
  setInterval(() => peer.send(new TextEncoder().encode('hello')), 100);
}

/// Runs there, too: what has come since the last time.
async function look() {
  const { peer, heard, events } = globalThis.seen;
  globalThis.seen.heard = 0;
  return { heard, events, path: peer?.path, ...peer?.security };
}

const functions = { begin, look };

/// Runs in the page: `call()` will call the functions of `source`, in a SharedWorker.
function openWorker(source) {
  const all = `${source}
    onconnect = ({ ports: [port] }) => {
      port.onmessage = async ({ data: [name, argument] }) => {
        const answer = { name, begin, look }[name](argument);
        port.postMessage(await answer.then((value) => [value], ({ message }) => [null, message]));
      };
    };`;
  const url = URL.createObjectURL(new Blob([all], { type: 'text/javascript' }));
  const { port } = new SharedWorker(url, { type: 'module' });
  globalThis.call = (...message) =>
    new Promise((resolve, reject) => {
      port.onmessage = ({ data: [value, error] }) =>
        error === undefined ? resolve(value) : reject(new Error(error));
      port.postMessage(message);
    });
}

async function openPage(browser) {
  const page = await browser.newPage();
  await page.goto(`${kGatewayUrl}/`);
  return { page, call: (name, options) => page.evaluate(functions[name], options) };
}

async function openSharedWorker(browser) {
  const { page } = await openPage(browser);
  await page.evaluate(openWorker, `${begin}${look}`);
  const call = (...message) => page.evaluate((all) => globalThis.call(...all), message);
  return { page, call };
}

/// Chromium 156 has RtcTransport in Workers, but soon after one is made there, the page's process ends.
async function survivesWorkers(browser) {
  const { page } = await openPage(browser);
  const crash = new Promise((resolve) => page.once('crash', () => resolve(false)));
  const made = page.evaluate(async () => {
    const config = "{name: 'a', iceControlling: true, iceServers: [], wireProtocol: 'dtls'}";
    const source = `new RtcTransport(${config}); setTimeout(() => postMessage('alive'), 1000)`;
    const worker = new Worker(URL.createObjectURL(new Blob([source])));
    await new Promise((resolve) => (worker.onmessage = resolve));
    return true;
  });
  const survives = await Promise.race([crash, made.catch(() => false)]);
  await page.close();
  return survives;
}

const options = (room) => ({
  site: kGatewayUrl,
  room,
  token: kToken,
  iceServers: [{ urls: stunUri() }],
});

/// Resolves to what `place` sees when it has heard something, and met the peer `times` times.
async function untilHeard(place, times = 0) {
  const end = performance.now() + kSeconds * 1000;
  let seen;
  do {
    await new Promise((resolve) => setTimeout(resolve, kPollMs));
    seen = await place.call('look');
    const met = seen.events.filter((type) => type === 'reconnected').length;
    if (seen.heard > 0 && met >= times) return seen;
  } while (performance.now() < end);
  throw new Error(`nothing was heard: ${JSON.stringify(seen)}`);
}

/// Before and after the device was started again.
async function meetsDevice({ lab, networks, browser }, room, open) {
  const home = networks.right.get(kHome);
  let device = await startDevice(lab, home, room);
  const place = await open(browser);
  try {
    await place.call('begin', options(room));
    const seen = await untilHeard(place);
    // RTCPeerConnection says which version it has.
    if (seen.path !== 'direct' || seen.protocol !== 'DTLS') throw new Error(JSON.stringify(seen));
    await device.stop('SIGKILL');
    const begun = performance.now();
    device = await startDevice(lab, home, room);
    await place.call('look');
    await untilHeard(place, 1);
    const ms = Math.round(performance.now() - begun);
    console.log(`${room} has the device again ${ms} ms after its start`);
  } finally {
    await place.page.close();
    await device.stop('SIGKILL');
  }
}

async function meetsPage({ browser, other }, room) {
  const pages = [await openPage(browser), await openPage(other)];
  try {
    await Promise.all(pages.map((page) => page.call('begin', options(room))));
    const [first, second] = await Promise.all(pages.map((page) => untilHeard(page)));
    const areSame =
      first.fingerprint === second.peerFingerprint && second.fingerprint === first.peerFingerprint;
    if (!areSame) throw new Error('somebody is between the pages');
  } finally {
    for (const { page } of pages) await page.close();
  }
}

/// The same in a SharedWorker; resolves to why not, where Chromium cannot.
async function meetsDeviceInWorker(place, room) {
  if (!(await survivesWorkers(place.browser))) return 'RtcTransport ends the process of a Worker';
  return meetsDevice(place, room, openSharedWorker);
}

async function judge(what, meeting) {
  const name = `RtcTransport: ${what}`;
  try {
    const why = await meeting;
    return why === undefined ? { name, passed: 1 } : { name, skipped: 1, why };
  } catch ({ message }) {
    return { name, failed: 1, why: message };
  }
}

/// Results for tests/run.
export async function goByRtcTransport(lab, networks) {
  const browser = await browserOn(lab, networks.left.get(kHome), kFlags);
  const other = await browserOn(lab, networks.right.get(kHome), kFlags);
  const place = { lab, networks, browser, other };
  try {
    return [
      await judge('a page and a device', meetsDevice(place, 'rtc-page', openPage)),
      await judge('a SharedWorker and a device', meetsDeviceInWorker(place, 'rtc-worker')),
      await judge('two pages', meetsPage(place, 'rtc-pages')),
    ];
  } finally {
    await browser.close();
    await other.close();
  }
}
