// connect() with `direct: 'prefer'`, after the gateway has ended: the direct way goes on, and nothing is
// said to be lost. All are on one machine of the lab.
import { LineProcess } from '../../demo/runner/process.mjs';
import { binary } from '../runner/tree.mjs';
import { browserOn } from './browser.mjs';

const kMachine = 'outlives';
const kTimeout = 15_000;
/// The transport is lost at once, since the gateway's system closes its connections.
const kWithoutGatewayMs = 4_000;

/// Runs in the page: sends a number every 20 ms.
async function begin() {
  const { connect } = await import('/dist/index.js');
  const servers = { gateway: '/tunnel', signaling: '/signal', room: 'demo' };
  const device = await connect({ ...servers, direct: 'prefer' });
  const seen = { device, echoes: 0, events: [], loss: '' };
  device.ondatagram = () => (seen.echoes += 1);
  for (const type of ['reconnecting', 'reconnected', 'pathchange']) {
    device.addEventListener(type, () => seen.events.push(type));
  }
  device.transport.addEventListener('statechange', () => (seen.loss = device.transport.state));
  setInterval(() => device.send(new Uint8Array(4)), 20);
  window.seen = seen;
}

function look() {
  const { device, echoes, events, loss } = window.seen;
  return { state: device.state, path: device.path, echoes, events, loss };
}

async function outlives(page, gateway) {
  await page.evaluate(begin);
  const isDirect = () => window.seen.device.path === 'direct' && window.seen.echoes > 0;
  await page.waitForFunction(isDirect, undefined, { timeout: kTimeout, polling: 50 });
  await gateway.stop('SIGKILL');
  const before = await page.evaluate(look);
  await page.waitForTimeout(kWithoutGatewayMs);
  const after = await page.evaluate(look);
  const isQuiet = after.events.join() === 'pathchange' && after.state === 'connected';
  const isHeard = after.echoes - before.echoes > kWithoutGatewayMs / 40;
  if (isQuiet && isHeard && after.loss === 'closed') return;
  throw new Error(`before: ${JSON.stringify(before)}; after: ${JSON.stringify(after)}`);
}

/// Results for tests/run; `number` is the last part of the machine's address, `site` the page's folder.
export async function outliveGateway(lab, number, site) {
  const name = 'the direct way goes on without the gateway';
  lab.addMachine(kMachine, [number], [4]);
  const options = ['--insecure-dev', '--listen', '127.0.0.1:0', '--documents', site];
  const start = (label, command) => new LineProcess(label, [...lab.inside(kMachine), ...command]);
  const gateway = start('gateway', [binary('floe-gateway'), ...options]);
  const { address } = await gateway.line(({ event }) => event === 'listening', 5, 'listen');
  const device = start('device', [binary('floe-device'), `ws://${address}/signal/demo`]);
  await device.line(({ state }) => state === 'joined', 5, 'join the room');
  const browser = await browserOn(lab, kMachine);
  try {
    const page = await browser.newPage();
    await page.goto(`http://${address}/`);
    await outlives(page, gateway);
    return [{ name, passed: 1 }];
  } catch ({ message }) {
    return [{ name, failed: 1, why: message }];
  } finally {
    await browser.close();
    await device.stop('SIGKILL');
    await gateway.stop('SIGKILL');
  }
}
