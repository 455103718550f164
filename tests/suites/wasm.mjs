// The unit and simulation tests once more, compiled to WebAssembly and run by Node.
import { build } from '../runner/build.mjs';
import { catch2 } from '../runner/catch2.mjs';
import { inTree } from '../runner/tree.mjs';
import { unitPrograms } from '../runner/unit_programs.mjs';

export async function run() {
  const programs = [...unitPrograms, 'floe_sim_tests'];
  await build('wasm', 'floe_wasm', ...programs);
  const results = [];
  for (const program of programs) {
    results.push(await catch2(`${program} in wasm`, [process.execPath, inTree(`build/wasm/bin/${program}.cjs`)]));
  }
  return results;
}
