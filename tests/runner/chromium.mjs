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

/// Its own WebRTC would tell the network of this machine names of multicast DNS. So its pages have none,
/// unless the browser is on a machine of the lab.
function withoutWebrtc(browser) {
  for (const name of ['newPage', 'newContext']) {
    const make = browser[name].bind(browser);
    browser[name] = async (options) => {
      const made = await make(options);
      await made.addInitScript(() => delete globalThis.RTCPeerConnection);
      return made;
    };
  }
  return browser;
}

/// With `throttles`, the timers of hidden pages are throttled, as for a user. `isInLab`: with WebRTC. `flags`:
/// more of Chromium's.
export async function launchChromium({
  executablePath = '/usr/bin/chromium',
  throttles = false,
  isInLab = false,
  flags = [],
} = {}) {
  const { chromium } = createRequire(inTree('js/package.json'))('playwright-core');
  const ignoreDefaultArgs = throttles ? kNotThrottled : [];
  const browser = await chromium.launch({
    executablePath,
    args: [...kFlags, ...flags],
    ignoreDefaultArgs,
  });
  return isInLab ? browser : withoutWebrtc(browser);
}
