// demo/direct in Chromium meets floe-device: by a data channel of RTCPeerConnection and WHIP alone.
// All are on one machine of the lab; it has a default route, without which Chromium gathers nothing.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { LineProcess } from '../../demo/runner/process.mjs';
import { artefacts, binary, inTree } from '../runner/tree.mjs';
import { browserOn } from './browser.mjs';

const kMachine = 'direct';
const kTimeout = 15_000;

async function startGateway(lab) {
  const options = ['--insecure-dev', '--listen', '127.0.0.1:0'];
  const gateway = new LineProcess('gateway', [
    ...lab.inside(kMachine),
    binary('floe-gateway'),
    ...options,
    ...['--documents', inTree('demo/web/dist')],
  ]);
  const { address } = await gateway.line(({ event }) => event === 'listening', 5, 'listen');
  return { gateway, address };
}

async function startDevice(lab, address) {
  const url = `ws://${address}/signal/demo`;
  const device = new LineProcess('device', [...lab.inside(kMachine), binary('floe-device'), url]);
  await device.line(({ state }) => state === 'joined', 5, 'join the room');
  return device;
}

/// One page, from the offer to the echo, and the bye when it goes.
async function meet(browser, address) {
  const page = await browser.newPage();
  try {
    const begun = performance.now();
    await page.goto(`http://${address}/direct/`);
    await page.getByRole('button').click({ timeout: kTimeout });
    await page.getByText('← hello').waitFor({ timeout: kTimeout });
    const milliseconds = performance.now() - begun;
    await page.goto(`http://${address}/counters.json`);
    // What a page sends when it goes may come later than what the next one asks.
    await page.waitForFunction(
      async () => (await (await fetch('')).json()).whipSessionsOpen === 0,
      undefined,
      { timeout: kTimeout, polling: 50 },
    );
    return milliseconds;
  } catch (error) {
    const seen = await page.textContent('body').catch(() => '');
    throw new Error([error.message, seen].join('; '));
  } finally {
    await page.close();
  }
}

/// The page of the demo, which says by which way it meets the device.
async function showsTheWay(browser, address) {
  const name = 'the page of the demo meets the device directly, and says so';
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  try {
    await page.goto(`http://${address}/?auto`);
    await page.getByText('directly, by the browser').waitFor({ timeout: kTimeout });
    await page.waitForTimeout(3_000); // for the picture: some round trips to draw
    mkdirSync(artefacts, { recursive: true });
    await page.screenshot({ path: path.join(artefacts, 'page-direct.png'), fullPage: true });
    const lost = await page.locator('#lost').textContent();
    if (lost !== '0') throw new Error(`${lost} datagrams are lost`);
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: error.message };
  } finally {
    await page.close();
  }
}

/// Results for tests/run; `number` is the last part of the machine's address.
export async function meetDirectly(lab, number, repeats) {
  const result = { name: 'RTCPeerConnection and fetch, a device', passed: 0, failed: 0 };
  lab.addMachine(kMachine, [number], [4]);
  const { gateway, address } = await startGateway(lab);
  const device = await startDevice(lab, address);
  const browser = await browserOn(lab, kMachine);
  const times = [];
  let shown;
  try {
    for (let repeat = 0; repeat < repeats; ++repeat) {
      await meet(browser, address).then(
        (time) => times.push(time) && ++result.passed,
        ({ message }) => Object.assign(result, { failed: result.failed + 1, why: message }),
      );
    }
    shown = await showsTheWay(browser, address);
  } finally {
    await browser.close();
    await device.stop();
    await gateway.stop();
  }
  times.sort((a, b) => a - b);
  const median = Math.round(times[Math.floor(times.length / 2)]);
  console.log(`${result.name}: ${result.passed} of ${repeats}, median ${median} ms to the echo`);
  return [result, shown];
}
