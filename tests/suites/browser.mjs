// The page in headless Chromium: it meets the device, and 1,000 datagrams come back; its link, its
// fields and its buttons do what they say; and it outlives device and gateway.
// needs: native test wasm js browser
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startDevice } from '../../demo/runner/services.mjs';
import { bulkInPage } from '../browser/bulk.mjs';
import { hidden } from '../browser/hidden.mjs';
import { localNetwork } from '../browser/local_network.mjs';
import { outages } from '../browser/outages.mjs';
import { failures } from '../failures/failures.mjs';
import { parts } from '../browser/parts.mjs';
import { servers } from '../browser/servers.mjs';
import { sharing } from '../browser/sharing.mjs';
import { buildPackage } from '../runner/build.mjs';
import { launchChromium } from '../runner/chromium.mjs';
import { withGateway } from '../runner/gateway.mjs';
import { artefacts } from '../runner/tree.mjs';

const kDatagrams = 1000;
async function drive(browser, url, file, context) {
  const page = await browser.newPage(context);
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
  await page.goto(url);
  await page.waitForFunction((count) => Number(document.body.dataset.echoed) >= count, kDatagrams, {
    timeout: 30_000,
  });
  await page.getByPlaceholder('The other end echoes').fill('hello, device');
  await page.keyboard.press('Enter');
  await page.getByText('echoed after').waitFor({ timeout: 5_000 });
  await page.waitForTimeout(2_000); // for the picture: some round trips to draw
  const { width } = page.viewportSize();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
  if (overflow > width) problems.push(`the page is ${overflow} px wide on a screen of ${width}`);
  await page.screenshot({ path: path.join(artefacts, file), fullPage: true });
  await page.close();
  return problems;
}

const kViews = [
  ['page-light.png', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['page-dark.png', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ['page-narrow.png', { viewport: { width: 360, height: 780 }, colorScheme: 'light' }],
];

export async function run({ long }) {
  await buildPackage();
  mkdirSync(artefacts, { recursive: true });
  const browser = await launchChromium();
  const results = [];
  try {
    await withGateway(async ({ gateway, page }) => {
      const device = await startDevice({ gateway, bind: '127.0.0.1' });
      for (const [file, context] of kViews) {
        const problems = await drive(
          browser,
          `${page}?auto&datagrams=${kDatagrams}`,
          file,
          context,
        );
        console.log(
          `${file}: ${kDatagrams} datagrams came back; see ${path.join(artefacts, file)}`,
        );
        results.push(
          problems.length === 0
            ? { name: file, passed: 1 }
            : { name: file, failed: 1, why: problems.join('; ') },
        );
      }
      results.push(...(await sharing(browser, page)));
      results.push(...(await servers(browser, page)));
      await device.stop();
    });
    results.push(...(await parts(browser)));
    results.push(...(await localNetwork()));
    results.push(...(await outages(browser, { long })));
    if (long) results.push(...(await hidden()));
    results.push(...(await failures(browser)));
    results.push(...(await bulkInPage(browser, long ? 100_000 : 10_000)));
  } finally {
    await browser.close();
  }
  return results;
}
