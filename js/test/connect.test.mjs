import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { connect, Gateway, SignalingClient } from 'floe';

import { FakeGateway } from './fakes/fake_gateway.mjs';
import { next } from './fakes/pair.mjs';

const options = (fake, rest = {}) => ({
  signaling: fake.signalUrl,
  gateway: fake.tunnelUrl,
  room: 'demo',
  ...rest,
});

test('two peers meet in a room, talk, and part', async (t) => {
  const fake = await FakeGateway.start(t);
  const [left, right] = await Promise.all([
    connect(options(fake, { name: 'left' })),
    connect(options(fake, { name: 'right' })),
  ]);
  assert.deepEqual([left.peer.name, right.peer.name], ['right', 'left']);
  assert.notEqual(left.transport.role, right.transport.role);
  const arrived = next(right.transport, 'datagram');
  assert.equal(left.send(Uint8Array.of(7)), true);
  assert.deepEqual([...(await arrived).data], [7]);
  left.close('enough');
  assert.equal(await right.closed, 'enough');
  assert.equal(right.transport.state, 'closed');
  assert.equal(right.send(Uint8Array.of(7)), false);
});

test('statistics of a connection tell how it is encrypted', async (t) => {
  const fake = await FakeGateway.start(t);
  const [left, right] = await Promise.all([
    connect(options(fake, { name: 'left' })),
    connect(options(fake, { name: 'right' })),
  ]);
  const tooLong = new Uint8Array(left.datagrams.maxDatagramSize + 1);
  assert.equal(left.send(tooLong), false);
  const report = await left.transport.getStats();
  const transport = [...report.values()].find(({ type }) => type === 'transport');
  assert.equal(transport.packetsNotSentTooLarge, 1);
  assert.equal(transport.dtlsState, 'connected');
  assert.match(transport.dtlsRole, /^(client|server)$/);
  assert.deepEqual([transport.tlsVersion, transport.dtlsCipher], ['FEFD', left.security.cipher]);
  assert.equal(transport.srtpCipher, undefined);
  const own = report.get(transport.localCertificateId);
  assert.deepEqual([own.type, own.fingerprintAlgorithm], ['certificate', 'sha-256']);
  assert.equal(own.fingerprint, left.security.fingerprint);
  const digest = createHash('sha256').update(Buffer.from(own.base64Certificate, 'base64'));
  assert.equal(digest.digest('hex').toUpperCase(), own.fingerprint.replaceAll(':', ''));
  const peers = report.get(transport.remoteCertificateId);
  assert.equal(peers.fingerprint, right.security.fingerprint);
  left.close();
  await right.closed;
});

test('the peer that is asked for is found among others', async (t) => {
  const fake = await FakeGateway.start(t);
  const bystander = new SignalingClient(fake.signalUrl, { room: 'demo', name: 'bystander' });
  await bystander.joined;
  const device = connect(options(fake, { name: 'device', peer: 'page' }));
  const page = await connect(options(fake, { name: 'page', peer: 'device' }));
  assert.equal(page.peer.name, 'device');
  page.close();
  await (
    await device
  ).closed;
  bystander.close();
});

test('gateway and signalling client of the caller stay open', async (t) => {
  const fake = await FakeGateway.start(t);
  const gateway = new Gateway(fake.tunnelUrl);
  const signaling = new SignalingClient(fake.signalUrl, { room: 'demo', name: 'left' });
  const other = connect(options(fake));
  const connection = await connect({ gateway, signaling });
  connection.close();
  await (
    await other
  ).closed;
  assert.deepEqual([gateway.state, signaling.state], ['open', 'joined']);
  gateway.close();
  signaling.close();
});

test('an abort while waiting for somebody rejects with its reason', async (t) => {
  const fake = await FakeGateway.start(t);
  const abort = new AbortController();
  const waiting = connect(options(fake, { signal: abort.signal }));
  setTimeout(() => abort.abort(new Error('nobody came')), 50);
  await assert.rejects(waiting, { message: 'nobody came' });
});

test('a gateway that is not there is the reason', async (t) => {
  const fake = await FakeGateway.start(t);
  const refused = connect(options(fake, { gateway: 'ws://127.0.0.1:9/tunnel' }));
  await assert.rejects(refused, { name: 'NetworkError', code: 'gateway-unreachable' });
});

test('the names of 0.1 are taken, with a warning', async (t) => {
  const fake = await FakeGateway.start(t);
  const warn = t.mock.method(console, 'warn', () => {});
  const abort = new AbortController();
  const waiting = connect({
    signal: fake.signalUrl,
    gateway: fake.tunnelUrl,
    room: 'demo',
    abort: abort.signal,
  });
  setTimeout(() => abort.abort(new Error('enough')), 50);
  await assert.rejects(waiting, { message: 'enough' });
  assert.match(warn.mock.calls[0].arguments[0], /`signaling`/);
});

test('what is missing in the call is an error of the call', async () => {
  await assert.rejects(connect({ gateway: 'ws://127.0.0.1:9' }), { code: 'no-signaling' });
  const ofPages = await import('../dist/inline.js');
  const call = ofPages.connect({ signaling: 'ws://127.0.0.1:9' });
  await assert.rejects(call, { code: 'no-gateway', message: /a page has no UDP sockets/ });
  await assert.rejects(connect({ signaling: 'ws://127.0.0.1:9', gateway: 'ftp://a' }), {
    code: 'bad-url',
  });
});

test('the way of browsers alone has conditions, which are errors of the call', async () => {
  const call = (rest) => connect({ signaling: 'ws://127.0.0.1:9', direct: 'only', ...rest });
  await assert.rejects(call({}), { name: 'NotSupportedError', code: 'no-webrtc' });
  await assert.rejects(call({ channels: {} }), { code: 'bad-argument', message: /channels/ });
  await assert.rejects(call({ encryption: 'none' }), { code: 'bad-argument', message: /"dtls"/ });
});

test('while nobody is there it waits, and says so', async (t) => {
  const fake = await FakeGateway.start(t);
  const told = [];
  const page = connect(options(fake, { peer: 'device', onwaiting: (event) => told.push(event) }));
  while (told.length === 0) await sleep(10);
  assert.equal(told[0].code, 'no-peer');
  assert.match(told[0].reason, /^Nobody called "device" is in the room "demo"\. Start the other/);
  const device = await connect(options(fake, { name: 'device' }));
  (await page).close('done');
  assert.equal(await device.closed, 'done');
});

test('a server that takes the connection and says nothing is given up', async (t) => {
  const hole = createServer(() => {}).listen(0, '127.0.0.1');
  await once(hole, 'listening');
  t.after(() => hole.close());
  const fake = await FakeGateway.start(t);
  const url = `ws://127.0.0.1:${hole.address().port}/tunnel`;
  const begin = performance.now();
  await Promise.all([
    assert.rejects(connect(options(fake, { gateway: url })), { code: 'gateway-unreachable' }),
    assert.rejects(connect(options(fake, { signaling: url })), { code: 'signaling-unreachable' }),
  ]);
  assert.ok(performance.now() - begin < 10_000);
});

test('a member that is silent is passed over', async (t) => {
  const fake = await FakeGateway.start(t);
  const ghost = new SignalingClient(fake.signalUrl, { room: 'demo', name: 'device' });
  await ghost.joined;
  const device = connect(options(fake, { name: 'device', peer: 'page' }));
  await sleep(100);
  const told = [];
  const page = await connect(
    options(fake, { peer: 'device', onwaiting: (event) => told.push(event.code) }),
  );
  assert.deepEqual(told, ['no-answer']);
  page.close();
  await (
    await device
  ).closed;
  ghost.close();
});

test('a signalling connection that breaks comes back', async (t) => {
  const fake = await FakeGateway.start(t);
  const client = new SignalingClient(fake.signalUrl, { room: 'demo', name: 'left' });
  await client.joined;
  const states = [];
  client.onstatechange = () => states.push(client.state);
  fake.dropConnections();
  await next(client, 'joined');
  assert.deepEqual(states, ['waiting', 'connecting', 'joining', 'joined']);
  client.close();
  assert.throws(() => client.send({ type: 'restart' }), { name: 'InvalidStateError' });
});

test('names of rooms are checked', () => {
  assert.throws(() => new SignalingClient('ws://127.0.0.1:9/signal', { room: 'a/b' }), {
    code: 'bad-room',
  });
});
