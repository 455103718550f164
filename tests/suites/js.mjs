// The npm package by itself: its tests, and what package checkers say of it.
// needs: native wasm js
import { build, buildPackage } from '../runner/build.mjs';
import { nodeTest } from '../runner/node_test.mjs';
import { check } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';

export async function run() {
  await buildPackage();
  await build('wasm', 'floe_system_check');
  return [
    await nodeTest('npm test', { cwd: inTree('js') }),
    await check('publint and attw', ['npm', 'run', '--silent', 'check'], { cwd: inTree('js') }),
  ];
}
