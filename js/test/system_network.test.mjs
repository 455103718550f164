import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';

import { connect, IceTransport, UdpSocket } from 'floe';

import { FakeGateway } from './fakes/fake_gateway.mjs';
import { next, reaches } from './fakes/pair.mjs';

/** Two connected transports over sockets of this system; they end with the test. */
async function systemPair(t, address = '127.0.0.1') {
  const a = new IceTransport({ role: 'controlling', addresses: [address] });
  const b = new IceTransport({ role: 'controlled', addresses: [address] });
  t.after(() => [a, b].forEach((transport) => transport.stop()));
  a.onicecandidate = ({ candidate }) => b.addRemoteCandidate(candidate?.toJSON());
  b.onicecandidate = ({ candidate }) => a.addRemoteCandidate(candidate?.toJSON());
  const [ofA, ofB] = await Promise.all([a.ready, b.ready]);
  void a.gather();
  void b.gather();
  a.start(ofB);
  b.start(ofA);
  await Promise.all([reaches(a, 'completed'), reaches(b, 'completed')]);
  return { a, b };
}

for (const address of ['127.0.0.1', '::1']) {
  test(`two transports of one system meet on ${address} without a gateway`, async (t) => {
    const { a, b } = await systemPair(t, address);
    assert.equal(a.gateway, null);
    assert.equal(a.getSelectedCandidatePair().local.address, address);
    const arrived = next(b, 'datagram');
    assert.equal(a.send(Uint8Array.of(1, 2, 3)), true);
    assert.deepEqual([...(await arrived).data], [1, 2, 3]);
  });
}

test('what is sent right before the end still leaves', async (t) => {
  const { a, b } = await systemPair(t);
  const arrived = next(b, 'datagram');
  assert.equal(a.send(Uint8Array.of(4)), true);
  a.stop();
  assert.deepEqual([...(await arrived).data], [4]);
});

test('the first listener gets what came before it', async (t) => {
  const { a, b } = await systemPair(t);
  a.send(Uint8Array.of(5));
  a.send(Uint8Array.of(6));
  await turn();
  const heard = [];
  b.ondatagram = ({ data }) => heard.push(...data);
  await turn();
  assert.deepEqual(heard, [5, 6]);
});

test('two ends meet in a room on this machine without a gateway', async (t) => {
  const fake = await FakeGateway.start(t);
  const options = { signaling: fake.signalUrl, room: 'demo' };
  const [left, right] = await Promise.all([
    connect({ ...options, name: 'left' }),
    connect({ ...options, name: 'right' }),
  ]);
  const arrived = next(right.transport, 'datagram');
  assert.equal(left.send(Uint8Array.of(7)), true);
  assert.deepEqual([...(await arrived).data], [7]);
  left.close('enough');
  assert.equal(await right.closed, 'enough');
});

test('awaited writes lose nothing in our queues, and let the runtime receive', async (t) => {
  const { a, b } = await systemPair(t);
  const count = 10_000;
  let received = 0;
  b.ondatagram = () => received++;
  const writer = a.datagrams.writable.getWriter();
  for (let i = 0; i < count; i++) await writer.write(new Uint8Array(1200));
  for (let wait = 0; wait < 100 && received < count; wait++) await turn();
  const [stats] = [...(await a.getStats()).values()].filter(({ type }) => type === 'transport');
  assert.ok(stats.packetsSent >= count, `${stats.packetsSent} sent`);
  assert.equal(received, count);
});

test('a UDP socket of the system talks to any other', async (t) => {
  const other = createSocket('udp4').bind(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const socket = new UdpSocket({ address: '127.0.0.1' });
  t.after(() => socket.close());
  const { address, port } = await socket.ready;
  assert.equal(address, '127.0.0.1');
  other.send('hello', port, address);
  const { data, remoteAddress, remotePort } = await next(socket, 'datagram');
  assert.equal(new TextDecoder().decode(data), 'hello');
  assert.equal(remotePort, other.address().port);
  socket.send(Uint8Array.of(9), remoteAddress, remotePort);
  const [answer] = await once(other, 'message');
  assert.deepEqual([...answer], [9]);
});

test('a port that is taken is told', async (t) => {
  const other = createSocket('udp4').bind(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const { port } = other.address();
  const socket = new UdpSocket({ address: '127.0.0.1', portRange: [port, port] });
  await assert.rejects(socket.ready, {
    code: 'bind-failed',
    message: /The system could not open a socket: address in use\./,
  });
});

test('while a port is taken, another of the range is bound, and told once', async (t) => {
  const other = createSocket('udp4').bind(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const { port } = other.address();
  t.mock.method(Math, 'random', () => 0); // the first port of the range is tried first
  const socket = new UdpSocket({ address: '127.0.0.1', portRange: [port, port + 5] });
  t.after(() => socket.close());
  const bound = await socket.ready;
  assert.ok(bound.port > port && bound.port <= port + 5, `${bound.port}`);
});

test('an address that this system has not is told', async () => {
  const socket = new UdpSocket({ address: '192.0.2.77' });
  await assert.rejects(socket.ready, { code: 'bind-failed', message: /address not available/ });
});

test('a process ends by itself once its transports are closed', async (t) => {
  const { a, b } = await systemPair(t);
  a.stop();
  b.stop();
  await turn();
  const left = process.getActiveResourcesInfo().filter((name) => /UDP|TCP/i.test(name));
  assert.deepEqual(left, []);
});

function turn() {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
