// A headless Chromium that stays on this machine.
import { createRequire } from 'node:module';
import { inTree } from './tree.mjs';

const kFlags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/// What Playwright turns off, so that pages that nobody sees go on as if they were seen.
const kNotThrottled = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/// With `throttles`, the timers of hidden pages are throttled, as for a user.
export function launchChromium({ executablePath = '/usr/bin/chromium', throttles = false } = {}) {
  const { chromium } = createRequire(inTree('js/package.json'))('playwright-core');
  const ignoreDefaultArgs = throttles ? kNotThrottled : [];
  return chromium.launch({ executablePath, args: kFlags, ignoreDefaultArgs });
}
