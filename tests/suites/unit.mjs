// Each module by itself, with sanitizers.
// needs: test js clang
import { build } from '../runner/build.mjs';
import { catch2, catch2Cases } from '../runner/catch2.mjs';
import { sideBySide } from '../runner/side_by_side.mjs';
import { binary, inTree } from '../runner/tree.mjs';
import { unitPrograms as programs } from '../runner/unit_programs.mjs';

export const takesNames = true;

export async function run({ names }) {
  if (names.length > 0) {
    await build('asan', ...programs);
    return catch2Cases(
      programs.map((program) => inTree('build/asan/bin', program)),
      names,
    );
  }
  // All that this tree has for other suites, too, so that few cores never wait for one program.
  await build('asan', ...programs, 'floe_sim_tests', 'floe_random_worlds', 'floe_fuzzers');
  const results = await sideBySide(programs, (program) =>
    catch2(program, [inTree('build/asan/bin', program)]),
  );
  // It counts allocations, and a sanitizer makes allocations of its own.
  await build('release', 'floe_allocation_tests');
  results.push(await catch2('floe_allocation_tests', [binary('floe_allocation_tests')]));
  return results;
}
