// What runs in several threads, with ThreadSanitizer: workers of the gateway, TLS, lookups. With --long
// only: it compiles nearly everything once more.
// needs: test js
import { build } from '../runner/build.mjs';
import { catch2 } from '../runner/catch2.mjs';
import { inTree } from '../runner/tree.mjs';

const kPrograms = ['floe_gateway_tests', 'floe_native_tests'];

export async function run({ long }) {
  if (!long) return [{ name: 'threads', skipped: 1, why: 'they are tested with --long' }];
  await build('tsan', ...kPrograms);
  const results = [];
  for (const program of kPrograms) {
    results.push(await catch2(program, [inTree('build/tsan/bin', program)]));
  }
  return results;
}
