// The page that demo/run opens: its buttons kill the device and the gateway and start them again, the
// page says so in words and echoes again; and its figures agree with each other meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { DemoRun } from '../runner/demo_run.mjs';
import { runCells } from './cells.mjs';
import { DemoPage } from './demo_page.mjs';

const kBackWithinMs = 6_000;

async function killAndStart(page, part, noticed) {
  const state = `#${part}-state`;
  const button = `#${part}-button`;
  await page.says(state, /^runs, pid \d+$/);
  await page.press(button);
  await page.says(state, /^was killed, pid \d+$/);
  await page.says(button, new RegExp(`^Start the ${part}$`));
  await page.says('#words', noticed, 20_000);
  await page.press(button);
  await page.says(state, /^runs, pid \d+$/);
  await page.connected();
  const ms = await page.echoes(kBackWithinMs);
  await page.says(button, new RegExp(`^Kill the ${part}$`));
  return `an echo ${ms} ms after it is back`;
}

/// A datagram's way to the gateway is a part of its whole way, so it takes no longer.
async function figuresAgree(page) {
  const { least, median, gatewayLeast, gatewayMedian } = await page.figures();
  const text = `least ${gatewayLeast} of ${least} ms, median ${gatewayMedian} of ${median} ms`;
  if (gatewayLeast > least || gatewayMedian > median || least > median) throw new Error(text);
  return text;
}

async function candidatesArePresent(page) {
  const { shown, known, selected } = await page.candidates();
  if (selected !== 2) throw new Error(`${selected} candidates are selected`);
  if (shown.join() !== known.join())
    throw new Error(`it shows ${shown.join(', ')}, and there are ${known.join(', ')}`);
  return `${shown.length} of the present connection`;
}

/// Killed from outside, the demo goes on, and the page's button helps all the same.
async function diesOfItself(page, demo) {
  const pid = Number(/\d+/.exec(await page.text('#device-state'))[0]);
  process.kill(pid, 'SIGKILL');
  await page.says('#device-state', /^ended: SIGKILL, pid \d+$/);
  await demo.says(new RegExp(`the device ended: SIGKILL, pid ${pid}. The demo goes on;`));
  await page.press('#device-button');
  await page.says('#device-state', /^runs, pid \d+$/);
  await page.connected();
  await page.echoes(kBackWithinMs);
}

async function saysThatTheRunnerIsGone(page, demo) {
  const status = await demo.stop();
  if (status !== 0) throw new Error(`demo/run ends with ${status}`);
  await page.says('#parts-error', /demo\/run does not answer/, 15_000);
}

export async function parts(browser) {
  const { demo, url } = await DemoRun.start();
  const page = await DemoPage.open(browser, url);
  await page.connected();
  await sleep(3_000); // some measurements
  const results = await runCells([
    ['the figures agree', () => figuresAgree(page)],
    [
      'the device is killed and started by its buttons',
      () => killAndStart(page, 'device', /does not answer|Nobody that offers/),
    ],
    ['candidates after the device is back', () => candidatesArePresent(page)],
    [
      'the gateway is killed and started by its buttons',
      () => killAndStart(page, 'gateway', /No answer from a gateway/),
    ],
    ['candidates after the gateway is back', () => candidatesArePresent(page)],
    ['the figures agree after reconnecting', () => sleep(2_000).then(() => figuresAgree(page))],
    ['the device dies of itself', () => diesOfItself(page, demo)],
    ['the page outlives demo/run', () => saysThatTheRunnerIsGone(page, demo)],
  ]);
  await page.page.close();
  if (demo.child.exitCode === null) await demo.stop();
  return results;
}
