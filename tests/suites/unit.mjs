// Each room by itself, with sanitizers; and the rules that the tree keeps.
import { build } from '../runner/build.mjs';
import { catch2 } from '../runner/catch2.mjs';
import { binary, inTree } from '../runner/tree.mjs';
import { checkStructure } from '../structure/structure.mjs';

export async function run() {
  const structure = checkStructure();
  await build('asan', 'floe_unit_tests');
  await build('release', 'floe_allocation_tests');
  return [
    ...structure,
    await catch2('unit', [inTree('build/asan/bin/floe_unit_tests')]),
    await catch2('allocation', [binary('floe_allocation_tests')]),
  ];
}
