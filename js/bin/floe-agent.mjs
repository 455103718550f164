#!/usr/bin/env node
// The name of `floe agent` in version 0.1.
import { run } from './agent/command.mjs';

process.exitCode = await run(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`floe agent: ${error.message}\n`);
  return 1;
});
