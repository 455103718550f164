// The demo's page behind another tab while what it needs goes and comes back. Chromium throttles the
// timers of a page that nobody sees; the connection must be there again within 5 s all the same, and echo
// when the page is seen.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchChromium } from '../runner/chromium.mjs';
import { runCells } from './cells.mjs';
import { DemoPage } from './demo_page.mjs';
import { Outages } from './outages.mjs';
import { Tab } from './tab.mjs';

const kLongSeconds = 90;
const kBackWithinMs = 5_000;
const kPollMs = 100;
const kNoGateway = /No answer from a gateway/;
const kNoDevice = /does not answer|Nobody else/;

/// Counts what a timer of 100 ms does for 3 s: 30, or 3 when it is throttled.
const ticks = () =>
  new Promise((resolve) => {
    let count = 0;
    const timer = setInterval(() => ++count, 100);
    setTimeout(() => (clearInterval(timer), resolve(count)), 3_000);
  });

async function isHidden(tab) {
  assert.equal(await tab.evaluate(() => document.visibilityState), 'hidden');
  const count = await tab.evaluate(ticks);
  assert.ok(count < 10, `the timers of the hidden page are not throttled: ${count} ticks in 3 s`);
}

/// Resolves to what to print; by the connection itself, since the page's own pings are throttled.
async function isConnected(tab) {
  const begin = performance.now();
  const state = () => tab.evaluate(() => window.floe.connection?.state);
  while ((await state()) !== 'connected') {
    if (performance.now() - begin > kBackWithinMs)
      throw new Error(`it is ${await state()} ${kBackWithinMs / 1000} s after it is back, hidden`);
    await sleep(kPollMs);
  }
  return `connected ${Math.round(performance.now() - begin)} ms after it is back`;
}

async function whileHidden(lab, tab, outage) {
  await tab.hide();
  let said;
  try {
    await isHidden(tab);
    said = await outage();
  } finally {
    await tab.show();
  }
  const ms = await lab.page.echoes(kBackWithinMs);
  return `${said}, and an echo ${ms} ms after it is seen`;
}

/// A page is throttled harder when it was hidden for long.
const later = (outage) => sleep(kLongSeconds * 1000).then(outage);

/// One result for each outage.
export async function hidden() {
  const browser = await launchChromium({ throttles: true });
  const lab = new Outages();
  try {
    let tab;
    await lab.start(async (url) => new DemoPage((tab = await Tab.open(browser, url))));
    lab.isBack = () => isConnected(tab);
    const cell = (name, outage) => [name, () => whileHidden(lab, tab, outage)];
    return await runCells([
      cell('hidden, and nothing is heard of the gateway for 90 s', () =>
        lab.gatewaySilent(kLongSeconds, kNoGateway),
      ),
      cell('hidden for 90 s, then the gateway is dead for 20 s', () =>
        later(() => lab.gatewayAway(20, kNoGateway)),
      ),
      cell('hidden for 90 s, then the device is dead for 20 s', () =>
        later(() => lab.deviceAway(20, kNoDevice)),
      ),
    ]);
  } finally {
    await lab.stop();
    await browser.close();
  }
}
