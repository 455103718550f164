// Connections that outlive their device, their gateway and their path.
import assert from 'node:assert/strict';
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

/** A device whose process can end without a word; it ends with the test `t` at the latest. */
function startDevice(t, fake) {
  const gateway = new Gateway(fake.tunnelUrl);
  const signaling = new SignalingClient(fake.signalUrl, { room: 'demo', name: 'device' });
  const connection = connect({ gateway, signaling, peer: 'page' });
  connection.then(
    (device) => (device.ondatagram = ({ data }) => device.send(data)),
    () => {},
  );
  const kill = () => {
    gateway.close();
    signaling.close();
  };
  t.after(kill);
  return { connection, kill };
}

test('a device that died and came back is met again', async (t) => {
  const fake = await FakeGateway.start(t);
  const first = startDevice(t, fake);
  const page = await connect(options(fake, { name: 'page', peer: 'device' }));
  const events = [];
  page.onreconnecting = ({ reason }) => events.push(reason);
  page.onreconnected = () => events.push('reconnected');
  await first.connection;
  const transport = page.transport;
  const sending = setInterval(() => page.send(Uint8Array.of(7)), 20);
  first.kill();
  await sleep(500);
  const begin = performance.now();
  const second = startDevice(t, fake);
  await next(page, 'reconnected');
  assert.ok(performance.now() - begin < 5_000, `${performance.now() - begin} ms`);
  clearInterval(sending);
  assert.notEqual(page.transport, transport);
  assert.equal(page.state, 'connected');
  assert.equal(events.length, 2);
  const device = await second.connection;
  const arrived = next(page, 'datagram');
  page.send(Uint8Array.of(8));
  assert.deepEqual([...(await arrived).data], [8]);
  page.close('done');
  assert.equal(await device.closed, 'done');
  assert.equal(await page.closed, 'done');
});

test('another member of the same name is no reason to leave one that lives', async (t) => {
  const fake = await FakeGateway.start(t);
  const device = startDevice(t, fake);
  const page = await connect(options(fake, { name: 'page', peer: 'device' }));
  const { id } = page.peer;
  const sending = setInterval(() => page.send(Uint8Array.of(7)), 20);
  const other = new SignalingClient(fake.signalUrl, { room: 'demo', name: 'device' });
  await sleep(3_500);
  clearInterval(sending);
  assert.deepEqual([page.peer.id, page.state], [id, 'connected']);
  page.close();
  await (
    await device.connection
  ).closed;
  other.close();
});

test('a gateway that went and came back is used again', async (t) => {
  const fake = await FakeGateway.start(t);
  const [left, right] = await Promise.all([
    connect(options(fake, { name: 'left' })),
    connect(options(fake, { name: 'right' })),
  ]);
  const back = Promise.all([next(left, 'reconnected'), next(right, 'reconnected')]);
  const begin = performance.now();
  fake.dropConnections();
  await next(left, 'reconnecting');
  assert.equal(left.send(Uint8Array.of(7)), false);
  await back;
  assert.ok(performance.now() - begin < 5_000, `${performance.now() - begin} ms`);
  const arrived = next(right, 'datagram');
  assert.equal(left.send(Uint8Array.of(7)), true);
  assert.deepEqual([...(await arrived).data], [7]);
  left.close();
  await right.closed;
});
