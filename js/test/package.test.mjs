import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { WebSocket } from 'ws';

import * as floe from 'floe';

import { FakeGateway } from './fakes/fake_gateway.mjs';

const dist = (name) => new URL(`../dist/${name}`, import.meta.url);

test('the module asks for what the engine gives, and for nothing of a system', async () => {
  const module = new WebAssembly.Module(await readFile(dist('floe.wasm')));
  const imports = WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`);
  const required = ['random', 'log', 'channel_connect', 'channel_send', 'channel_close'];
  // What nothing in the module calls is left out when it is linked.
  const optional = ['floe.channel_buffered'];
  assert.deepEqual(
    imports.filter((name) => !optional.includes(name)).sort(),
    required.map((name) => `floe.${name}`).sort(),
  );
});

test('the entries for channels export the same names', async () => {
  const names = Object.keys(await import(dist('channels.js'))).sort();
  assert.deepEqual(names, ['DataChannel', 'DataChannelEvent', 'DataChannels']);
  assert.deepEqual(Object.keys(await import(dist('channels-node.js'))).sort(), names);
});

test('all entries export the same names', async () => {
  const names = Object.keys(floe).sort();
  for (const entry of ['index.js', 'inline.js']) {
    assert.deepEqual(Object.keys(await import(dist(entry))).sort(), names);
  }
  for (const name of [
    'IceTransport',
    'Gateway',
    'UdpSocket',
    'SignalingClient',
    'connect',
    'init',
  ]) {
    assert.ok(names.includes(name), name);
  }
});

test('importing the package starts nothing', async () => {
  const before = process.getActiveResourcesInfo();
  await import(`${dist('inline.js')}?again`);
  assert.deepEqual(process.getActiveResourcesInfo(), before);
});

test('the inline entry runs without another file, with a WebSocket that is injected', async (t) => {
  const { Gateway } = await import(dist('inline.js'));
  const fake = await FakeGateway.start(t);
  const gateway = new Gateway(fake.tunnelUrl, { WebSocket });
  await gateway.ready;
  assert.deepEqual(gateway.addresses, [{ address: '192.0.2.1', interfaceName: 'eth0' }]);
  gateway.close();
});

test('a runtime without a WebSocket is told so', { skip: 'WebSocket' in globalThis }, async () => {
  const { Gateway } = await import(dist('inline.js'));
  const gateway = new Gateway('ws://127.0.0.1:9/tunnel', { worker: false });
  await assert.rejects(gateway.ready, { name: 'NotSupportedError', code: 'no-websocket' });
});

test('init() takes bytes, and says what to do when they are no module', async () => {
  const fresh = await import(`${dist('node.js')}?init`);
  await assert.rejects(fresh.init(new Uint8Array([1, 2, 3])), (error) => {
    assert.equal(error.code, 'module-not-loaded');
    assert.match(error.hint, /floe\.wasm/);
    return true;
  });
  await fresh.init(await readFile(dist('floe.wasm')));
});
