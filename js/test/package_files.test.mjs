import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The paths of all files that `npm pack` packs. */
function packedFiles() {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(output);
  return files.map(({ path }) => path);
}

test('the package has no file of the build, and no hidden one', () => {
  const hidden = packedFiles().filter((path) => /(^|\/)\./.test(path));
  assert.deepEqual(hidden, []);
});
