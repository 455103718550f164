// `floe echo`, where its server is not there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../bin/floe.mjs', import.meta.url));

test('floe echo says that nobody answers, and tries on', async (t) => {
  const url = 'ws://127.0.0.1:9/signal/demo';
  const echo = spawn(process.execPath, [command, 'echo', url]);
  t.after(() => echo.kill());
  const [words] = await once(echo.stderr, 'data', { signal: AbortSignal.timeout(10_000) });
  assert.match(
    String(words),
    /^floe echo: No answer from a signalling server at ws:.*tries on\.\n$/,
  );
  assert.equal(echo.exitCode, null);
});
