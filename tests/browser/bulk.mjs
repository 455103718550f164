// Awaited writes of a page, with the engine in its Worker and in its thread.
import { startDevice } from '../../demo/runner/services.mjs';
import { verdict, writeAll } from '../interop/bulk.mjs';
import { withGateway } from '../runner/gateway.mjs';
import { startSite } from '../runner/site.mjs';

const kSize = 1200;
const kQuietMs = 500;

export async function bulkInPage(browser, count) {
  const site = await startSite();
  try {
    return await withGateway(async ({ gateway, tunnel, address }) => {
      const device = await startDevice({ gateway, bind: '127.0.0.1' });
      const options = { gateway: tunnel, signaling: `ws://${address}/signal`, room: 'demo' };
      const run = (name, more) => write({ browser, site, count }, name, { ...options, ...more });
      const results = [
        await run("awaited writes, a page's Worker", {}),
        await run("awaited writes, a page's thread", { worker: false }),
      ];
      await device.stop();
      return results;
    });
  } finally {
    site.close();
  }
}

async function write({ browser, site, count }, name, options) {
  const page = await browser.newPage();
  try {
    await page.goto(site.url);
    const job = JSON.stringify({
      options: { ...options, peer: 'device' },
      count,
      size: kSize,
      quietMs: kQuietMs,
    });
    const told = await page.evaluate(
      `import('/index.js').then(({ connect }) => (${writeAll})({ connect, ...${job} }))`,
    );
    return verdict(name, count, told, { echoes: 0.1 });
  } finally {
    await page.close();
  }
}
