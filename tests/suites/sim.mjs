// Agents in a simulated world: with sanitizers, then optimized with many seeds.
import { build } from '../runner/build.mjs';
import { catch2 } from '../runner/catch2.mjs';
import { binary, inTree } from '../runner/tree.mjs';

export async function run({ long }) {
  await build('asan', 'floe_sim_tests');
  await build('release', 'floe_sim_tests');
  const results = [await catch2('sim', [inTree('build/asan/bin/floe_sim_tests')])];
  for (let round = 0; round < (long ? 100 : 5); ++round) {
    results.push(await catch2(`sim ${round + 1}`, [binary('floe_sim_tests')]));
  }
  return results;
}
