// connect() with `direct: 'prefer'` in Chromium, and floe-device behind a NAT: datagrams go on while UDP
// of the page's machine is blocked, then open, then blocked again, and the path is named each time.
import { LineProcess } from '../../demo/runner/process.mjs';
import { binary } from '../runner/tree.mjs';
import { browserOn } from './browser.mjs';
import { stunUri } from './coturn.mjs';
import { kGatewayUrl, kToken } from './servers.mjs';

const kMachine = 'mover';
const kRoom = 'direct-way';
const kSeconds = 20;
/// From one echo to the next, when the path changes; usually a second or two.
const kGapMs = 8_000;
const kBlocked =
  'table inet floe { chain out { type filter hook output priority 0; udp dport != 53 drop; }; };\n';
const kOpen = 'delete table inet floe\n';

/// Runs in the page: sends a number every 20 ms, and keeps what came back.
async function begin({ room, token, direct, iceServers }) {
  const { connect } = await import('/dist/index.js');
  const options = { gateway: '/tunnel', signaling: '/signal', room, token, iceServers };
  const device = await connect({ ...options, direct });
  const seen = { device, paths: [device.path], echoes: 0, gap: 0, last: performance.now() };
  device.onpathchange = () => seen.paths.push(device.path);
  device.ondatagram = () => {
    const now = performance.now();
    seen.gap = Math.max(seen.gap, now - seen.last);
    seen.last = now;
    seen.echoes += 1;
  };
  let number = 0;
  setInterval(() => device.send(new Uint8Array(new Uint32Array([number++]).buffer)), 20);
  window.seen = seen;
}

const isOn = (path) =>
  window.seen.device.path === path && performance.now() - window.seen.last < 100;

const takeGap = () => {
  const { gap } = window.seen;
  window.seen.gap = 0;
  return gap;
};

/// Runs in the page: the same in a Worker, which has no RTCPeerConnection. Resolves to the path.
async function inWorker(options) {
  const program = `onmessage = async ({ data }) => {
    const { connect } = await import(data.origin + '/dist/index.js');
    const device = await connect(data.options);
    device.ondatagram = () => postMessage(device.path);
    setInterval(() => device.send(new Uint8Array(4)), 20);
  };`;
  const { origin } = location;
  const url = URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module' });
  const servers = { gateway: `${origin}/tunnel`, signaling: `${origin}/signal` };
  worker.postMessage({ origin, options: { ...servers, ...options } });
  const path = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.terminate();
  return path;
}

async function startDevice(lab, home) {
  const url = `${kGatewayUrl.replace('http', 'ws')}/signal/${kRoom}`;
  const options = ['--token', kToken, '--stun', stunUri()];
  const command = [...lab.inside(home), binary('floe-device'), url, ...options];
  const device = new LineProcess('device', command);
  await device.line(({ state }) => state === 'joined', 5, 'join the room');
  return device;
}

async function changePaths(lab, page) {
  const steps = [
    ['direct', undefined],
    ['transport', kBlocked],
    ['direct', kOpen],
    ['transport', kBlocked],
  ];
  for (const [path, rules] of steps) {
    const started = performance.now();
    if (rules) lab.applyRules(kMachine, rules);
    await page.waitForFunction(isOn, path, { timeout: kSeconds * 1000, polling: 50 });
    const ms = Math.round(performance.now() - started);
    const gap = Math.round(await page.evaluate(takeGap));
    console.log(
      `a page, ${rules ? 'then' : 'first'} ${path}: after ${ms} ms, ${gap} ms without an echo`,
    );
    if (gap > kGapMs) throw new Error(`${gap} ms without an echo at the change to ${path}`);
  }
}

/// Results for tests/run; `number` is the last part of the address of the page's machine.
export async function changeDirectWay(lab, networks, number) {
  const name = 'a page that goes directly, by the gateway, and back';
  lab.addMachine(kMachine, [number], [4]);
  const device = await startDevice(lab, networks.right.get('port-restricted'));
  const browser = await browserOn(lab, kMachine);
  let page;
  try {
    page = await browser.newPage();
    await page.goto(`${kGatewayUrl}/`);
    const iceServers = [{ urls: stunUri() }];
    await page.evaluate(begin, { room: kRoom, token: kToken, direct: 'prefer', iceServers });
    await changePaths(lab, page);
    const options = { room: kRoom, token: kToken, direct: 'prefer' };
    const path = await page.evaluate(inWorker, options);
    if (path !== 'transport') throw new Error(`the path of a Worker is ${path}`);
    return [{ name, passed: 1 }];
  } catch (error) {
    const paths = await page?.evaluate(() => window.seen?.paths).catch(() => undefined);
    const why = [error.message, `paths: ${paths}`, ...device.errors.slice(-5)].join('; ');
    return [{ name, failed: 1, why }];
  } finally {
    await browser.close();
    await device.stop('SIGKILL');
  }
}
