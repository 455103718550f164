// demo/direct in Chromium meets a native agent: by a data channel of RTCPeerConnection and WHIP alone.
// All are on one machine of the lab; it has a default route, without which Chromium gathers nothing.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LineProcess } from '../../demo/runner/process.mjs';
import { launchChromium } from '../runner/chromium.mjs';
import { binary, inTree } from '../runner/tree.mjs';

const kMachine = 'direct';
const kSeconds = 15;
const kTimeout = kSeconds * 1000;

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

function startAgent(lab, address, name) {
  const room = ['--signal', `ws://${address}/signal/${name}`, '--offers', 'echo'];
  const command = [...lab.inside(kMachine), binary('floe'), 'agent', ...room, '--echo'];
  return new LineProcess('agent', command);
}

/// Waits until the agent of this round is in the room, which it does not tell: the page would hear
/// that nobody is there.
async function untilJoined(page, address, members) {
  await page.goto(`http://${address}/counters.json`);
  const joined = () => page.evaluate(async () => (await (await fetch('')).json()).roomsJoined);
  const end = performance.now() + kTimeout;
  while ((await joined()) < members) {
    if (performance.now() > end) throw new Error('the agent does not join the room');
    await sleep(20);
  }
}

function browserOn(lab) {
  const file = path.join(lab.folder, 'chromium-direct');
  const command = [...lab.inside(kMachine), '/usr/bin/chromium'].join(' ');
  writeFileSync(file, `#!/bin/sh\nexec ${command} "$@"\n`, { mode: 0o755 });
  return launchChromium({ executablePath: file });
}

/// One page, from the offer to the echo, and the bye when it goes.
async function meet(lab, browser, address, round) {
  const room = `direct-${round}`; // an agent that was killed keeps its place in its room
  const agent = startAgent(lab, address, room);
  const page = await browser.newPage();
  try {
    await untilJoined(page, address, 2 * round + 1); // each round has an agent and a page
    const begun = performance.now();
    await page.goto(`http://${address}/?room=${room}`);
    await page.getByRole('button').click({ timeout: kTimeout });
    await page.getByText('← hello').waitFor({ timeout: kTimeout });
    const milliseconds = performance.now() - begun;
    await page.goto('about:blank');
    await agent.line(({ reason }) => reason === 'remote', kSeconds, 'hear the bye');
    return milliseconds;
  } catch (error) {
    const seen = await page.textContent('pre').catch(() => '');
    throw new Error([error.message, seen, ...agent.errors].join('; '));
  } finally {
    await page.close();
    await agent.stop('SIGKILL');
  }
}

/// Results for tests/run; `number` is the last part of the machine's address.
export async function meetDirectly(lab, number, repeats) {
  const result = { name: 'RTCPeerConnection and fetch, an agent', passed: 0, failed: 0 };
  lab.addMachine(kMachine, [number], [4]);
  const { gateway, address } = await startGateway(lab);
  const browser = await browserOn(lab);
  const times = [];
  try {
    for (let repeat = 0; repeat < repeats; ++repeat) {
      await meet(lab, browser, address, repeat).then(
        (time) => times.push(time) && ++result.passed,
        ({ message }) => Object.assign(result, { failed: result.failed + 1, why: message }),
      );
    }
  } finally {
    await browser.close();
    await gateway.stop();
  }
  times.sort((a, b) => a - b);
  const median = Math.round(times[Math.floor(times.length / 2)]);
  console.log(`${result.name}: ${result.passed} of ${repeats}, median ${median} ms to the echo`);
  return [result];
}
