// The README's programs as printed, each with each other, through the gateway as demo/run starts it: a
// page, the script in Node, the device in C, the caller in C++, and `npx floe echo`.
import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGateway } from '../../demo/runner/services.mjs';
import { launchChromium } from '../runner/chromium.mjs';
import { must } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';

const kSeconds = 15;
const kPollMs = 50;

/// Programs that say hello show what they hear; the device and echo answer.
const kSayHello = ['page', 'script', 'caller'];
const kAnswer = ['device', 'echo'];

export async function pairs() {
  const folder = mkdtempSync(path.join(tmpdir(), 'floe-pairs-'));
  try {
    await prepare(folder);
    const browser = await launchChromium();
    try {
      return await meetAll({ folder, browser });
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/// Puts everything that the programs need into `folder`.
async function prepare(folder) {
  const prefix = path.join(folder, 'installed');
  await must(['cmake', '--install', inTree('build'), '--prefix', prefix]);
  const env = { PKG_CONFIG_PATH: path.join(prefix, 'lib', 'pkgconfig') };
  const asked = await must(['pkg-config', '--cflags', '--libs', '--static', 'floe-native'], {
    env,
  });
  const flags = asked.trim().split(/\s+/);
  const build = (compiler, source, program) =>
    must([
      ...compiler,
      inTree('tests/install', source),
      '-o',
      path.join(folder, program),
      ...flags,
    ]);
  await build(['cc'], 'device.c', 'device');
  await build(['c++', '-std=c++20'], 'caller.cc', 'caller');
  for (const file of ['index.html', 'script.mjs']) {
    copyFileSync(inTree('tests/install/npm', file), path.join(folder, file));
  }
  for (const part of ['package.json', 'dist', 'bin']) {
    const to = path.join(folder, 'node_modules/floe', part);
    cpSync(inTree('js', part), to, { recursive: true });
  }
}

async function meetAll(place) {
  const results = [];
  const names = [...kSayHello, ...kAnswer];
  for (const [index, later] of names.entries()) {
    for (const earlier of names.slice(0, index)) {
      results.push(await meet(place, [earlier, later]), await meet(place, [later, earlier]));
    }
  }
  return results;
}

/// Passes when each program that says hello has heard "hello"; of two that answer, one tells of the
/// other.
async function meet({ folder, browser }, names) {
  const name = `${names[0]}, then ${names[1]}`;
  const gateway = await startGateway({
    ...{ listen: '127.0.0.1:0', bind: '127.0.0.1', documents: folder },
  });
  const running = [];
  try {
    for (const one of names) {
      const starting =
        one === 'page' ? openPage(browser, gateway) : startProgram(folder, one, gateway);
      running.push({ name: one, ...(await starting) });
    }
    const wanted = running.filter(({ name: one }) => kSayHello.includes(one));
    const words = wanted.length > 0 ? /hello/ : /: connected$/m;
    const watched = wanted.length > 0 ? wanted : running.filter(({ name: one }) => one === 'echo');
    for (const program of watched) await hears(program, words);
    return { name, passed: 1 };
  } catch ({ message }) {
    return { name, failed: 1, why: message };
  } finally {
    for (const { stop } of running) await stop();
    await gateway.stop();
  }
}

function startProgram(folder, name, { address }) {
  const room = `ws://${address}/signal/demo`;
  const commands = {
    script: [process.execPath, 'script.mjs', `ws://${address}/signal`],
    caller: ['./caller', room],
    device: ['./device', room],
    echo: [process.execPath, 'node_modules/floe/bin/floe.mjs', 'echo', room],
  };
  const [command, ...args] = commands[name];
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.on('close', resolve));
  const stop = () => {
    child.kill('SIGKILL');
    return ended;
  };
  return { text: async () => output, stop };
}

async function openPage(browser, { address }) {
  const page = await browser.newPage();
  await page.goto(`http://${address}/`);
  return {
    text: () => page.evaluate(() => document.body?.innerText ?? ''),
    stop: () => page.close(),
  };
}

async function hears({ name, text }, words) {
  for (let waited = 0; waited < kSeconds * 1000; waited += kPollMs) {
    if (words.test(await text())) return;
    await new Promise((resolve) => setTimeout(resolve, kPollMs));
  }
  throw new Error(`${name} says after ${kSeconds} s: ${await text()}`);
}
