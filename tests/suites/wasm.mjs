// Unit and simulation tests once more, compiled to WebAssembly and run by Node; and a thousand random
// worlds and the verdicts on many texts of JSON, which must be the same there as natively.
// needs: wasmtest js
import { build } from '../runner/build.mjs';
import { catch2 } from '../runner/catch2.mjs';
import { compareVerdicts } from '../runner/json_verdicts.mjs';
import { compareTraces } from '../runner/random_worlds.mjs';
import { sideBySide } from '../runner/side_by_side.mjs';
import { inTree } from '../runner/tree.mjs';
import { unitPrograms } from '../runner/unit_programs.mjs';

/// The tests of what computes with sizes, reads bytes or asks the host, where 32 bits could differ.
/// The worlds use the rest. --long runs all.
const kSufficient = ['unit', 'dtls', 'json', 'tunnel', 'wasm_host'].map(
  (module) => `floe_${module}_tests`,
);

export async function run({ long }) {
  const programs = [...(long ? unitPrograms : kSufficient), 'floe_sim_tests'];
  await build(
    'wasm',
    'floe_package_modules',
    'floe_random_worlds',
    'floe_json_verdicts',
    ...programs,
  );
  await build('release', 'floe_random_worlds', 'floe_json_verdicts');
  const results = await sideBySide(programs, (program) =>
    catch2(`${program} in wasm`, [process.execPath, inTree(`build/wasm/bin/${program}.cjs`)]),
  );
  results.push(await compareTraces());
  results.push(await compareVerdicts());
  return results;
}
