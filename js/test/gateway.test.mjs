import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { Gateway, UdpSocket } from 'floe';

import { FakeGateway } from './fakes/fake_gateway.mjs';
import { next } from './fakes/pair.mjs';

test('a gateway tells its addresses and counts what passes', async (t) => {
  const fake = await FakeGateway.start(t, { addresses: ['192.0.2.1', '198.51.100.7'] });
  const gateway = new Gateway(fake.tunnelUrl);
  assert.equal(gateway.state, 'connecting');
  await gateway.ready;
  assert.equal(gateway.state, 'open');
  assert.deepEqual(
    gateway.addresses.map(({ address }) => address),
    ['192.0.2.1', '198.51.100.7'],
  );
  const stats = await gateway.getStats();
  assert.equal(stats.datagramsSent, 0);
  gateway.close();
  assert.deepEqual(await gateway.closed, { code: 1000, reason: '' });
  assert.equal(gateway.error, undefined);
});

test('a gateway measures the round trip when it is asked to', async (t) => {
  const fake = await FakeGateway.start(t);
  const gateway = new Gateway(fake.tunnelUrl);
  t.after(() => gateway.close());
  gateway.ping(); // without effect before it is open
  await gateway.ready;
  for (const count of [1, 2, 3]) {
    let stats = await gateway.getStats();
    while (stats.responsesReceived < count) {
      await sleep(1);
      stats = await gateway.getStats();
    }
    assert.equal(stats.responsesReceived, count);
    assert.ok(stats.roundTripTime > 0);
    gateway.ping();
  }
});

test('a token that the gateway does not take is an error that says so', async (t) => {
  const fake = await FakeGateway.start(t, { token: 'right' });
  const gateway = new Gateway(fake.tunnelUrl, { token: 'right' });
  await gateway.ready;
  assert.equal(gateway.state, 'open');
  const stranger = new Gateway(fake.tunnelUrl, { token: 'wrong' });
  await assert.rejects(stranger.ready, { code: 'unauthorized' });
  assert.match(stranger.error.hint, /token/);
  assert.equal(stranger.url.includes('wrong'), false);
  gateway.close();
});

test('URLs that cannot be a gateway are refused at once', () => {
  assert.throws(() => new Gateway('not a url'), { name: 'SyntaxError', code: 'bad-url' });
  assert.throws(() => new Gateway('ftp://192.0.2.1/'), { code: 'bad-url' });
  const gateway = new Gateway('http://127.0.0.1:9/tunnel#token=x');
  assert.equal(gateway.url, 'ws://127.0.0.1:9/tunnel');
  gateway.close();
});

test('the longest datagram is as long as the gateway says', async (t) => {
  const fake = await FakeGateway.start(t);
  fake.network.maxDatagramSize = 1200;
  const gateway = new Gateway(fake.tunnelUrl);
  t.after(() => gateway.close());
  assert.equal(gateway.maxDatagramSize, 0);
  const socket = new UdpSocket({ gateway });
  const { address, port } = await socket.ready;
  assert.equal(gateway.maxDatagramSize, 1200);
  assert.equal(socket.send(new Uint8Array(1201), address, port), false);
  assert.equal(socket.send(new Uint8Array(1200), address, port), true);
});

test('UDP sockets exchange datagrams and tell from whom', async (t) => {
  const fake = await FakeGateway.start(t);
  const gateway = new Gateway(fake.tunnelUrl);
  const left = new UdpSocket({ gateway });
  const right = new UdpSocket({ gateway, address: '192.0.2.1' });
  const [here, there] = await Promise.all([left.ready, right.ready]);
  const arrived = next(right, 'datagram');
  assert.equal(left.send(Uint8Array.of(1, 2, 3), there.address, there.port), true);
  const event = await arrived;
  assert.deepEqual([...event.data], [1, 2, 3]);
  assert.deepEqual([event.remoteAddress, event.remotePort], [here.address, here.port]);
  assert.deepEqual([event.localAddress, event.localPort], [there.address, there.port]);
  assert.throws(() => left.send(new Uint8Array(1), 'example.net', 53), { code: 'bad-address' });
  assert.throws(() => left.send(new Uint8Array(1), '192.0.2.1', 0), { code: 'bad-port' });
  left.close();
  assert.equal(left.send(new Uint8Array(1), there.address, there.port), false);
  gateway.close();
  await next(right, 'close');
});
