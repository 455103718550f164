// `floe stun`, `floe turn`, `floe nat` and `floe doctor`: the probes of the native command, in
// WebAssembly, over the sockets of this machine.
import { readOptions, usageOf } from './options.mjs';
import { runTool } from '../../dist/tools.js';

/** Resolves with the exit status: 0 when it works, 1 when it does not, 2 for a mistake in `args`. */
export async function run(args, tool) {
  let order;
  try {
    order = readOptions(args, tool);
  } catch (error) {
    process.stderr.write(`floe ${tool}: ${error.message}\n\n${usageOf(tool)}`);
    return 2;
  }
  if (order) return runTool(order);
  process.stdout.write(usageOf(tool));
  return 0;
}
