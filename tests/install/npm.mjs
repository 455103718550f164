// What a stranger does with the npm package: installs the tarball in an empty directory, then runs a
// script in Node and opens a page, which is not bundled at all.
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDevice, startGateway } from '../../demo/runner/services.mjs';
import { launchChromium } from '../runner/chromium.mjs';
import { must } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';

export async function npmStrangers() {
  const folder = mkdtempSync(path.join(tmpdir(), 'floe-npm-'));
  try {
    await install(folder);
    return await inRoom(folder, async (address) => [
      await runScript(folder, 'hello', 'first.mjs'),
      await runScript(folder, 'hello', 'script.mjs', `ws://${address}/signal`),
      await runScript(folder, 'open sesame', 'channel.mjs', `ws://${address}/signal`),
      await openPage(address),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/// Packs the package into the folder; resolves to the path of the tarball.
export async function packTo(folder) {
  await must(['npm', 'pack', '--silent', '--pack-destination', folder], { cwd: inTree('js') });
  return path.join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.tgz')),
  );
}

async function install(folder) {
  const tarball = await packTo(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  await must(['npm', 'install', '--no-audit', '--no-fund', '--offline', tarball], {
    cwd: folder,
  });
  for (const file of ['index.html', 'script.mjs', 'first.mjs', 'channel.mjs']) {
    cpSync(inTree('tests/install/npm', file), path.join(folder, file));
  }
}

async function inRoom(folder, work) {
  const common = { bind: '127.0.0.1' };
  const gateway = await startGateway({ listen: '127.0.0.1:0', documents: folder, ...common });
  const device = await startDevice({ gateway, ...common });
  try {
    return await work(gateway.address);
  } finally {
    await device.stop();
    await gateway.stop();
  }
}

async function runScript(folder, expected, ...command) {
  const output = await must([process.execPath, ...command], {
    cwd: folder,
    seconds: 20,
  });
  const isEchoed = output.trim() === expected;
  return { name: command[0], [isEchoed ? 'passed' : 'failed']: 1, why: `it printed ${output}` };
}

async function openPage(address) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://${address}/`);
    await page.waitForFunction(() => document.body?.innerText.includes('hello'), null, {
      timeout: 20_000,
    });
    return { name: 'a page', passed: 1 };
  } finally {
    await browser.close();
  }
}
