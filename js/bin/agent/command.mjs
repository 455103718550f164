// The agent as a command: the same contract as the native `floe agent`, so that any other
// implementation can be tested against it.
import { parseAgentOptions, usage } from './options.mjs';
import { Output } from './output.mjs';
import { startInRoom } from './room_agent.mjs';
import { startOverStdio } from './stdio_agent.mjs';

/** Runs until the agent is closed; resolves with the exit status. */
export async function run(args) {
  const { options, error, help } = parseAgentOptions(args);
  if (help) {
    process.stdout.write(usage);
    return 0;
  }
  if (error) {
    process.stderr.write(`floe agent: ${error}\n\n${usage}`);
    return 2;
  }
  const output = new Output(process.stdout);
  const start = options.signal === 'stdio' ? startOverStdio : startInRoom;
  const status = await start(options, output, process.stdin);
  // Deno does not end a process while a read of standard input is pending.
  await new Promise((resolve) => process.stdout.write('', resolve));
  process.exit(status);
}
