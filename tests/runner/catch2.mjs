// Runs a Catch2 program and reads its count of test cases.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run } from './shell.mjs';
import { artefacts } from './tree.mjs';

export async function catch2(name, command, options = {}) {
  mkdirSync(artefacts, { recursive: true });
  const file = path.join(artefacts, `${name.replace(/\W+/g, '-')}.json`);
  rmSync(file, { force: true });
  const { code, output } = await run([...command, '-r', 'console', '-r', `json::out=${file}`], {
    seconds: 300,
    ...options,
  });
  let totals;
  try {
    totals = JSON.parse(readFileSync(file, 'utf8'))['test-run'].totals['test-cases'];
  } catch {
    totals = { passed: 0, failed: 0, skipped: 0 };
  }
  const failed = totals.failed + (code !== 0 && totals.failed === 0 ? 1 : 0);
  if (failed > 0) console.log(output.split('\n').slice(-80).join('\n'));
  const seed = /Randomness seeded to: (\d+)/.exec(output)?.[1];
  console.log(`${name}: ${totals.passed} of ${totals.passed + failed} test cases, seed ${seed}`);
  return {
    name,
    passed: totals.passed,
    failed,
    skipped: totals.skipped ?? 0,
    why: failed > 0 ? `repeat with: ${command.join(' ')} --rng-seed ${seed}` : undefined,
  };
}
