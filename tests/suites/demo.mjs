// demo/run --check: it passes, and when any of the three dies it fails within 5 s and says who. demo/run
// itself goes on, and obeys its own page alone.
// needs: native wasm js
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCells } from '../browser/cells.mjs';
import { buildPackage } from '../runner/build.mjs';
import { DemoRun } from '../runner/demo_run.mjs';
import { inTree } from '../runner/tree.mjs';

const kFailsWithinMs = 5000;

/// Runs the check; `victim` is killed as soon as its pid is known. Returns the output of the check, and
/// how long it ran after the kill.
function runCheck(victim) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [inTree('demo/runner/main.mjs'), '--check'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let killedAt;
    const take = (chunk) => {
      output += chunk;
      const pid = victim && new RegExp(`^${victim} +pid (\\d+)`, 'm').exec(output)?.[1];
      if (!pid || killedAt) return;
      killedAt = performance.now();
      process.kill(Number(pid), 'SIGKILL');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('close', (code) => resolve({ code, output, ms: performance.now() - (killedAt ?? 0) }));
  });
}

const lastLine = (output) => output.trim().split('\n').at(-1);

/// Asks the runner for what its page may ask for; the status, and the answer.
class Asker {
  #port;
  #token;
  #origin;

  constructor(url) {
    const { hash, origin } = new URL(url);
    [, this.#port, this.#token] = /control=(\d+)\.([\w-]+)/.exec(hash);
    this.#origin = origin;
  }

  /// With Node's http, because fetch() sets Host and Origin itself.
  ask(method, path, { token = this.#token, origin = this.#origin, host } = {}) {
    const port = this.#port;
    const headers = { authorization: `Bearer ${token}`, host: host ?? `127.0.0.1:${port}` };
    if (origin) headers.origin = origin;
    return new Promise((resolve, reject) => {
      const request = http.request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
        let text = '';
        answer.on('data', (chunk) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode, text }));
      });
      request.on('error', reject).end();
    });
  }

  async pid(part) {
    const { parts } = JSON.parse((await this.ask('GET', '/parts')).text);
    return Number(/pid (\d+)/.exec(parts[part].words)[1]);
  }
}

async function goesOn(demo, asker) {
  for (const part of ['device', 'gateway']) {
    const pid = await asker.pid(part);
    process.kill(pid, 'SIGKILL');
    await demo.says(new RegExp(`the ${part} ended: SIGKILL, pid ${pid}. The demo goes on;`));
    await sleep(200);
    if (demo.child.exitCode !== null) throw new Error(`it ended with the ${part}`);
    const { text } = await asker.ask('POST', `/parts/${part}/start`);
    if ((await asker.pid(part)) === pid || /error/.test(text)) throw new Error(text);
  }
}

async function refusesStrangers(asker) {
  for (const [expected, method, path, headers] of [
    [403, 'GET', '/parts', { origin: 'http://127.0.0.1:1' }],
    [403, 'GET', '/parts', { origin: 'null' }],
    [403, 'GET', '/parts', { origin: '' }],
    [403, 'OPTIONS', '/parts', { origin: 'https://example.org' }],
    [403, 'GET', '/parts', { host: 'example.org' }],
    [401, 'GET', '/parts', { token: 'x' }],
    [401, 'POST', '/parts/device/kill', { token: '' }],
    [404, 'GET', '/parts/device/kill', {}],
    [404, 'POST', '/parts/device/stop', {}],
    [404, 'POST', '/parts/constructor/kill', {}],
    [204, 'OPTIONS', '/parts', {}],
    [200, 'GET', '/parts', {}],
  ]) {
    const { status } = await asker.ask(method, path, headers);
    const asked = `${method} ${path} with ${JSON.stringify(headers)}`;
    if (status !== expected) throw new Error(`${asked}: ${status}, not ${expected}`);
  }
}

async function isBounded(asker) {
  const pid = await asker.pid('device');
  let last;
  for (let i = 0; i < 40; ++i) last = await asker.ask('POST', '/parts/device/start');
  if (last.status !== 429) throw new Error(`${last.status} for the fortieth action in a minute`);
  if ((await asker.pid('device')) !== pid) throw new Error('a device that runs was started');
}

async function ofTheRunner() {
  const { demo, url } = await DemoRun.start();
  const asker = new Asker(url);
  return runCells([
    ['demo/run goes on without its parts, and starts them', () => goesOn(demo, asker)],
    ['the runner refuses all but its page', () => refusesStrangers(asker)],
    ['the runner obeys so often in a minute, and no more', () => isBounded(asker)],
    ['demo/run ends in order', async () => assert.equal(await demo.stop(), 0)],
  ]);
}

export async function run() {
  await buildPackage();
  const results = [];
  const whole = await runCheck();
  const passed = whole.code === 0 && lastLine(whole.output).startsWith('check: ok');
  results.push({ name: 'check', [passed ? 'passed' : 'failed']: 1, why: lastLine(whole.output) });
  for (const victim of ['gateway', 'device', 'agent']) {
    const { code, output, ms } = await runCheck(victim);
    const last = lastLine(output);
    const right =
      code === 1 && ms < kFailsWithinMs && last.startsWith(`check: failed: ${victim} (pid `);
    console.log(`without the ${victim}: ${last}, ${ms.toFixed(0)} ms after it was killed`);
    results.push({ name: `without the ${victim}`, [right ? 'passed' : 'failed']: 1, why: last });
  }
  results.push(...(await ofTheRunner()));
  return results;
}
