import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect, Gateway, SignalingClient } from 'floe';

import { FakeGateway } from './fakes/fake_gateway.mjs';
import { next } from './fakes/pair.mjs';

const options = (fake, rest = {}) => ({
  signal: fake.signalUrl,
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
  const connection = await connect({ gateway, signal: signaling });
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
  const waiting = connect(options(fake, { abort: abort.signal }));
  setTimeout(() => abort.abort(new Error('nobody came')), 50);
  await assert.rejects(waiting, { message: 'nobody came' });
});

test('a gateway that is not there is the reason', async (t) => {
  const fake = await FakeGateway.start(t);
  const refused = connect(options(fake, { gateway: 'ws://127.0.0.1:9/tunnel' }));
  await assert.rejects(refused, { name: 'NetworkError', code: 'gateway-unreachable' });
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
