// The page program of js/README.md in an app of each bundler, as a user starts one: an empty directory, the
// tarball, the bundler from npm, no configuration. Served and built, it is opened in Chromium, and
// must get its echo.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startDevice } from '../../demo/runner/services.mjs';
import { launchChromium } from '../runner/chromium.mjs';
import { withGateway } from '../runner/gateway.mjs';
import { must, run } from '../runner/shell.mjs';
import { startSite } from '../runner/site.mjs';
import { inTree } from '../runner/tree.mjs';
import { kBundlers } from './bundlers.mjs';
import { packTo } from './npm.mjs';

const kPrinted = '127.0.0.1:8080';
const kEchoMs = 30_000;
const kServeMs = 60_000;
const kPollMs = 100;
// Nothing that a bundler tells its makers is needed here.
const kEnvironment = { NEXT_TELEMETRY_DISABLED: '1', CI: '1' };

/// The program that js/README.md shows for a page, with this gateway.
function pageProgram(address) {
  const program = readFileSync(inTree('tests/install/npm/main.js'), 'utf8');
  if (!program.includes(kPrinted)) throw new Error("the README's page has changed");
  return program.replace(kPrinted, address);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return String(port);
}

/// What it says of errors may have whole scripts in it.
const lastLines = (output) =>
  output
    .split('\n')
    .slice(-30)
    .map((line) => line.slice(0, 200))
    .join('\n');

/// A command of the app's node_modules, which serves on `port` until stop().
async function serveBy(command, folder, port) {
  const [program, ...args] = command(port);
  const child = spawn(path.join(folder, 'node_modules/.bin', program), args, {
    cwd: folder,
    env: { ...process.env, ...kEnvironment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // it has children of its own
  });
  const ended = once(child, 'close');
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = (output + chunk).slice(-4_000)));
  const url = `http://127.0.0.1:${port}/`;
  for (let waited = 0; waited < kServeMs && child.exitCode === null; waited += kPollMs) {
    const answers = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) return { url, stop: () => (process.kill(-child.pid, 'SIGKILL'), ended) };
    await delay(kPollMs);
  }
  if (child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  throw new Error(`\`${command(port).join(' ')}\` does not serve: ${lastLines(output)}`);
}

/// Resolves to the milliseconds until the echo is in the page.
async function echoes(browser, url) {
  const page = await browser.newPage();
  const problems = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
  const begin = performance.now();
  try {
    await page.goto(url);
    const heard = () => document.body?.innerText.includes('hello');
    await page.waitForFunction(heard, null, { timeout: kEchoMs });
    return Math.round(performance.now() - begin);
  } catch (error) {
    throw new Error([error.message.split('\n')[0], ...problems].join('; '), { cause: error });
  } finally {
    await page.close();
  }
}

async function echoesFrom(browser, server) {
  try {
    return await echoes(browser, server.url);
  } finally {
    await server.stop();
  }
}

const served = async (browser, { dev }, folder) =>
  echoesFrom(browser, await serveBy(dev, folder, await freePort()));

async function built(browser, { build, serve, page }, folder) {
  const [program, ...args] = build;
  const command = [path.join(folder, 'node_modules/.bin', program), ...args];
  const { code, output } = await run(command, { cwd: folder, env: kEnvironment });
  if (code !== 0)
    throw new Error(`\`${build.join(' ')}\` ended with ${code}: ${lastLines(output)}`);
  const dist = path.join(folder, 'dist');
  if (serve) return echoesFrom(browser, await serveBy(serve, folder, await freePort()));
  if (!page) copyFileSync(path.join(folder, 'index.html'), path.join(dist, 'index.html'));
  const { url, close } = await startSite(dist);
  return echoesFrom(browser, { url, stop: close });
}

/// An app in an empty directory; resolves to the version of its bundler.
async function startApp(folder, { packages, app }, tarball, program) {
  for (const [name, text] of Object.entries(app(program))) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const quiet = ['--no-audit', '--no-fund', '--loglevel', 'error'];
  await must(['npm', 'install', ...quiet, tarball, ...packages], { cwd: folder });
  const name = packages[0].replace(/@\d+$/, '');
  const file = path.join(folder, 'node_modules', name, 'package.json');
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

/// Results of one bundler: one if it could not be had, else one for each way to use it.
async function tryBundler(browser, bundler, tarball, program) {
  const folder = mkdtempSync(path.join(tmpdir(), 'floe-app-'));
  const ways = [...(bundler.dev ? [['served', served]] : []), ['built', built]];
  const results = [];
  try {
    const version = await startApp(folder, bundler, tarball, program);
    for (const [how, work] of ways) {
      const name = `${bundler.name}, ${how}`;
      try {
        const ms = await work(browser, bundler, folder);
        console.log(`${name} by ${version}: an echo after ${ms} ms`);
        results.push({ name, passed: 1 });
      } catch ({ message }) {
        results.push({ name: `${name} by ${version}`, failed: 1, why: message });
      }
    }
  } catch ({ message }) {
    results.push({ name: bundler.name, failed: 1, why: message });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

/// Results for tests/run. Installs what it tries from npm.
export async function bundled(bundlers = kBundlers) {
  const place = mkdtempSync(path.join(tmpdir(), 'floe-pack-'));
  const browser = await launchChromium();
  try {
    const tarball = await packTo(place);
    return await withGateway(async ({ gateway, address }) => {
      const device = await startDevice({ gateway, bind: '127.0.0.1' });
      const results = [];
      for (const bundler of bundlers)
        results.push(...(await tryBundler(browser, bundler, tarball, pageProgram(address))));
      await device.stop();
      return results;
    });
  } finally {
    await browser.close();
    rmSync(place, { recursive: true, force: true });
  }
}
