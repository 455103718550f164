// Runs `npm test` of a package and reads node's own count of tests.
import { run } from './shell.mjs';

export async function nodeTest(name, options) {
  const { code, output } = await run(['npm', 'test', '--silent'], { seconds: 300, ...options });
  const count = (what) => Number(new RegExp(`^. ${what} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const failed = count('fail') + (code !== 0 && count('fail') === 0 ? 1 : 0);
  if (failed > 0) console.log(output.split('\n').slice(-80).join('\n'));
  return {
    name,
    passed: count('pass'),
    failed,
    skipped: count('skipped') + count('todo'),
    why: failed > 0 ? `ended with ${code}` : 'see the output',
  };
}
