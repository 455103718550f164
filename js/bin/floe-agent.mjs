#!/usr/bin/env node
// The agent as a command, over WebAssembly: the same contract as `floe agent`, so that any other
// implementation can be tested against it. Its sockets are a gateway's.
import { parseAgentOptions, usage } from './agent/options.mjs';
import { Output } from './agent/output.mjs';
import { startInRoom } from './agent/room_agent.mjs';
import { startOverStdio } from './agent/stdio_agent.mjs';

function fail(status, text) {
  process.stderr.write(`${text}\n`);
  process.exit(status);
}

async function main() {
  const { options, error, help } = parseAgentOptions(process.argv.slice(2));
  if (help) {
    process.stdout.write(usage);
    return;
  }
  if (error) fail(2, `floe-agent: ${error}\n\n${usage}`);
  const output = new Output(process.stdout);
  const start = options.signal === 'stdio' ? startOverStdio : startInRoom;
  process.exitCode = await start(options, output, process.stdin);
  process.stdin.destroy();
}

await main().catch((error) => fail(1, `floe-agent: ${error.message}`));
