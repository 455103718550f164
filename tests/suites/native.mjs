// The native host and the gateway over loopback sockets.
// needs: test js
import { build } from '../runner/build.mjs';
import { catch2, catch2Cases } from '../runner/catch2.mjs';
import { check } from '../runner/shell.mjs';
import { binary } from '../runner/tree.mjs';

const kPrograms = ['floe_native_tests', 'floe_gateway_tests'];
/// The programs of tests/bench, which nothing else builds. --long checks that they compile.
const kBenches = [
  'dtls-bench',
  'floe-bench',
  'plain-bench',
  'plain-gateway',
  'loss-bench',
  'turn-bench',
  'gateway-bench',
];
/// The example of platform/README.md: it checks its own host, and lets two agents meet on it.
const kExample = 'floe_my_host';

export const takesNames = true;

export async function run({ long, names }) {
  if (names.length > 0) {
    await build('release', ...kPrograms);
    return catch2Cases(
      kPrograms.map((program) => binary(program)),
      names,
    );
  }
  await build('release', ...kPrograms, ...(long ? kBenches : []), kExample);
  const results = [];
  for (const program of kPrograms) results.push(await catch2(program, [binary(program)]));
  results.push(await check(kExample, [binary(kExample)], { seconds: 30 }));
  return results;
}
