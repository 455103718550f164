// Local Network Access: a page of the Internet may not reach a gateway on the user's machine unless the user
// allows it, and the error says so. Chromium takes the page's server for one of the Internet.
import { LineProcess } from '../../demo/runner/process.mjs';
import { launchChromium } from '../runner/chromium.mjs';
import { binary, inTree } from '../runner/tree.mjs';

async function startGateway(...options) {
  const command = [binary('floe-gateway'), '--insecure-dev', '--listen', '127.0.0.1:0', ...options];
  const process = new LineProcess('gateway', command);
  const { address } = await process.line(({ event }) => event === 'listening', 5, 'listen');
  return { process, address };
}

/// Runs in the page: "open", or the error of the gateway and of the signalling.
async function tryBoth(address) {
  const { connect, Gateway } = await import('/index.js');
  const codeOf = (promise) =>
    promise.then(
      () => 'open',
      ({ code, message }) => `${code}: ${message}`,
    );
  const gateway = new Gateway(`ws://${address}/tunnel`);
  const tunnel = await codeOf(gateway.ready);
  gateway.close();
  if (tunnel === 'open') return { tunnel };
  const servers = { gateway: `ws://${address}/tunnel`, signaling: `ws://${address}/signal` };
  return { tunnel, connection: await codeOf(connect({ ...servers, room: 'r' })) };
}

const kCases = [
  [
    'a gateway on the own machine, which the user does not allow',
    [],
    /^local-network-denied: .*own/,
  ],
  ['the same, which the user allows', ['local-network-access'], /^open$/],
];

/// Results for tests/run.
export async function localNetwork() {
  const site = await startGateway('--documents', inTree('js/dist'));
  const gateway = await startGateway();
  const flags = [`--ip-address-space-overrides=${site.address}=public`];
  const browser = await launchChromium({ flags });
  const results = [];
  try {
    for (const [name, permissions, words] of kCases) {
      const context = await browser.newContext();
      await context.grantPermissions(permissions);
      const page = await context.newPage();
      await page.goto(`http://${site.address}/livez`);
      const { tunnel, connection = tunnel } = await page.evaluate(tryBoth, gateway.address);
      const isRight = words.test(tunnel) && words.test(connection);
      results.push(
        isRight ? { name, passed: 1 } : { name, failed: 1, why: `${tunnel}; ${connection}` },
      );
      await context.close();
    }
    return results;
  } finally {
    await browser.close();
    await site.process.stop('SIGKILL');
    await gateway.process.stop('SIGKILL');
  }
}
