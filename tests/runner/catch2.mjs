// Runs a Catch2 program and reads its count of test cases.
import path from 'node:path';
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

/// A title for Catch2's command line, where some characters have a special meaning.
const escaped = (title) => title.replace(/[\\,[\]"*~]/g, '\\$&');

/// Runs the cases whose titles have one of `names` in them; `programs` are paths. A name that no title
/// has fails.
export async function catch2Cases(programs, names) {
  const results = [];
  const missing = new Set(names);
  for (const program of programs) {
    const { output } = await run([program, '--list-tests', '--verbosity', 'quiet']);
    const titles = output.split('\n').filter((title) => names.some((name) => title.includes(name)));
    names
      .filter((name) => titles.some((title) => title.includes(name)))
      .forEach((name) => missing.delete(name));
    if (titles.length > 0)
      results.push(await catch2(path.basename(program), [program, titles.map(escaped).join(',')]));
  }
  for (const name of missing)
    results.push({ name, failed: 1, why: 'no test case has these words in its title' });
  return results;
}

export async function catch2(name, command, options = {}) {
  const { code, output } = await run([...command, '--colour-mode', 'none'], {
    seconds: 300,
    ...options,
  });
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
    why:
      failed > 0
        ? `repeat with: ${command.join(' ')} --rng-seed ${seed}`
        : 'skipped by the program',
  };
}
