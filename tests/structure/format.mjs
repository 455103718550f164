// The format is clang-format's and Prettier's; they name each file that they would write differently.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { inTree, root } from '../runner/tree.mjs';
import { workTree } from './source_tree.mjs';

const kClangFormat = existsSync('/usr/bin/clang-format-14') ? 'clang-format-14' : 'clang-format';
const kPrettier = inTree('js', 'node_modules', '.bin', 'prettier');

function formatted(name, pattern, check, mend) {
  try {
    execFileSync(check[0], [...check.slice(1), ...workTree().matching(pattern)], {
      cwd: root,
      stdio: 'pipe',
    });
    return { name, passed: 1 };
  } catch (error) {
    const said = String(error.stderr ?? error.message)
      .trim()
      .split('\n');
    console.log(said.slice(0, 20).join('\n'));
    return { name, failed: 1, why: `${said[0]}; to mend it: ${mend} FILE` };
  }
}

export const checkFormat = () => [
  formatted(
    'format of C++',
    /\.(cc|h)$/,
    [kClangFormat, '--dry-run', '--Werror'],
    `${kClangFormat} -i`,
  ),
  formatted(
    'format of scripts',
    /\.(ts|mjs|js)$/,
    [kPrettier, '--check', '--log-level=warn'],
    'js/node_modules/.bin/prettier --write',
  ),
];
