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

export function launchChromium({ executablePath = '/usr/bin/chromium' } = {}) {
  const { chromium } = createRequire(inTree('js/package.json'))('playwright-core');
  return chromium.launch({ executablePath, args: kFlags });
}
