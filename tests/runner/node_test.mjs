// Runs the tests of a package, or of some files, and reads node's own count of them.
import { run } from './shell.mjs';

/// `npm test` in the folder that `options` names.
export const nodeTest = (name, options) => counted(name, ['npm', 'test', '--silent'], options);

export const nodeTestFiles = (name, files) => counted(name, [process.execPath, '--test', ...files]);

async function counted(name, command, options = {}) {
  const { code, output } = await run(command, { seconds: 300, ...options });
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
