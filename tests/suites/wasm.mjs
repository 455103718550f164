// The unit and simulation tests once more, compiled to WebAssembly and run by Node.
import { build } from '../runner/build.mjs';
import { catch2 } from '../runner/catch2.mjs';
import { inTree } from '../runner/tree.mjs';

export async function run() {
  await build('wasm');
  const results = [];
  for (const name of ['unit', 'sim']) {
    const program = inTree(`build/wasm/bin/floe_${name}_tests.cjs`);
    results.push(await catch2(`${name} in wasm`, [process.execPath, program]));
  }
  return results;
}
