// Runs a Catch2 program and reads its count of test cases.
import { run } from './shell.mjs';

/// "All tests passed (46 assertions in 12 test cases)", or a table when something else happened. Its
/// machine-readable reporters write every assertion, which takes longer than the tests.
function count(output) {
  const all = /^All tests passed \(.* in (\d+) test cases?\)$/m.exec(output);
  if (all) return { passed: Number(all[1]), failed: 0, skipped: 0 };
  const row = /^test cases:.*$/m.exec(output)?.[0] ?? '';
  const number = (what) => Number(new RegExp(`(\\d+) ${what}`).exec(row)?.[1] ?? 0);
  return { passed: number('passed'), failed: number('failed'), skipped: number('skipped') };
}

export async function catch2(name, command, options = {}) {
  const { code, output } = await run([...command, '--colour-mode', 'none'], { seconds: 300, ...options });
  const totals = count(output);
  const failed = totals.failed + (code !== 0 && totals.failed === 0 ? 1 : 0);
  if (failed > 0) console.log(output.split('\n').slice(-80).join('\n'));
  const seed = /Randomness seeded to: (\d+)/.exec(output)?.[1];
  console.log(`${name}: ${totals.passed} of ${totals.passed + failed} test cases, seed ${seed}`);
  return {
    name,
    passed: totals.passed,
    failed,
    skipped: totals.skipped,
    why: failed > 0 ? `repeat with: ${command.join(' ')} --rng-seed ${seed}` : 'skipped by the program',
  };
}
