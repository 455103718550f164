// Formatting is clang-format's; it says so for every file that it would write differently.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { root } from '../runner/tree.mjs';
import { workTree } from './source_tree.mjs';

export function checkFormat() {
  const files = workTree().matching(/\.(cc|h)$/);
  const name = existsSync('/usr/bin/clang-format-14') ? 'clang-format-14' : 'clang-format';
  try {
    execFileSync(name, ['--dry-run', '--Werror', ...files], { cwd: root, stdio: 'pipe' });
    return [{ name: 'format', passed: 1 }];
  } catch (error) {
    const said = String(error.stderr ?? error.message).trim().split('\n');
    console.log(said.slice(0, 20).join('\n'));
    return [{ name: 'format', failed: 1, why: `${said[0]}; see clang-format -i` }];
  }
}
