// demo/direct in Chromium meets floe-device: by a data channel of RTCPeerConnection and WHIP alone.
// All are on one machine of the lab; it has a default route, without which Chromium gathers nothing.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { LineProcess } from '../../demo/runner/process.mjs';
import { launchChromium } from '../runner/chromium.mjs';
import { binary, inTree } from '../runner/tree.mjs';

const kMachine = 'direct';
const kTimeout = 15_000;

async function startGateway(lab) {
  const options = ['--insecure-dev', '--listen', '127.0.0.1:0'];
  const gateway = new LineProcess('gateway', [
    ...lab.inside(kMachine),
    binary('floe-gateway'),
    ...options,
    ...['--documents', inTree('demo/direct')],
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

function browserOn(lab) {
  const file = path.join(lab.folder, 'chromium-direct');
  const command = [...lab.inside(kMachine), '/usr/bin/chromium'].join(' ');
  writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  return launchChromium({ executablePath: file });
}

/// One page, from the offer to the echo, and the bye when it goes.
async function meet(browser, address) {
  const page = await browser.newPage();
  try {
    const begun = performance.now();
    await page.goto(`http://${address}/`);
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

/// Results for tests/run; `number` is the last part of the machine's address.
export async function meetDirectly(lab, number, repeats) {
  const result = { name: 'RTCPeerConnection and fetch, a device', passed: 0, failed: 0 };
  lab.addMachine(kMachine, [number], [4]);
  const { gateway, address } = await startGateway(lab);
  const device = await startDevice(lab, address);
  const browser = await browserOn(lab);
  const times = [];
  try {
    for (let repeat = 0; repeat < repeats; ++repeat) {
      await meet(browser, address).then(
        (time) => times.push(time) && ++result.passed,
        ({ message }) => Object.assign(result, { failed: result.failed + 1, why: message }),
      );
    }
  } finally {
    await browser.close();
    await device.stop();
    await gateway.stop();
  }
  times.sort((a, b) => a - b);
  const median = Math.round(times[Math.floor(times.length / 2)]);
  console.log(`${result.name}: ${result.passed} of ${repeats}, median ${median} ms to the echo`);
  return [result];
}
