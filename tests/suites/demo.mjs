// demo/run --check: it passes, and when any of the three dies it fails within 5 s and says who.
// needs: native wasm js
import { spawn } from 'node:child_process';
import { buildPackage } from '../runner/build.mjs';
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
  return results;
}
