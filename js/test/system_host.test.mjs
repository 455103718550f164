import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { runWaiting } from '../dist/tools.js';

const wasm = await readFile(new URL('../../build/wasm/floe_system_check.wasm', import.meta.url));

for (const [version, address] of [
  [4, '127.0.0.1'],
  [6, '::1'],
]) {
  test(`the host of Node keeps what platform/api promises over IPv${version}`, async () => {
    const findings = [];
    const print = (text) => findings.push(text);
    const status = await runWaiting({
      ...{ wasm, argument: version, network: { addresses: [address] } },
      ...{ print, printError: print },
    });
    assert.deepEqual(findings, []);
    assert.equal(status, 0);
  });
}
