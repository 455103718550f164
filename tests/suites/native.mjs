// The native host and the gateway over loopback sockets.
import { build } from '../runner/build.mjs';
import { catch2 } from '../runner/catch2.mjs';
import { binary } from '../runner/tree.mjs';

const kPrograms = ['floe_native_tests', 'floe_gateway_tests'];

export async function run() {
  await build('release', ...kPrograms);
  const results = [];
  for (const program of kPrograms) results.push(await catch2(program, [binary(program)]));
  return results;
}
