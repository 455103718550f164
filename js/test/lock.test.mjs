import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect, Gateway, IceTransport, Negotiation } from 'floe';

import { FakeGateway } from './fakes/fake_gateway.mjs';
import { next, reaches } from './fakes/pair.mjs';

const fingerprint = /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/;
const stranger = Array(32).fill('AB').join(':');

const options = (fake, rest = {}) => ({
  signaling: fake.signalUrl,
  gateway: fake.tunnelUrl,
  room: 'demo',
  ...rest,
});

/** Two ends of connect(), each with further options. */
const meet = (fake, ofLeft, ofRight) =>
  Promise.all([
    connect(options(fake, { name: 'left', ...ofLeft })),
    connect(options(fake, { name: 'right', ...ofRight })),
  ]);

/** What passes between the sockets, as text. */
function listenTo({ network }) {
  const heard = [];
  network.tamper = (payload) => {
    heard.push(payload.toString('latin1'));
    return [payload];
  };
  return heard;
}

test('what connect() sends is encrypted, and both ends know by whom', async (t) => {
  const fake = await FakeGateway.start(t);
  const heard = listenTo(fake);
  const [left, right] = await meet(fake);
  const arrived = next(right, 'datagram');
  assert.equal(left.send(new TextEncoder().encode('a secret')), true);
  assert.equal(new TextDecoder().decode((await arrived).data), 'a secret');
  assert.ok(!heard.some((text) => text.includes('secret')));
  const [ours, theirs] = [left.security, right.security];
  assert.match(ours.fingerprint, fingerprint);
  assert.equal(ours.fingerprint, theirs.peerFingerprint);
  assert.equal(ours.peerFingerprint, theirs.fingerprint);
  assert.deepEqual(
    [ours.protocol, ours.cipher],
    ['DTLS 1.2', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
  );
  left.close();
  await right.closed;
});

test('the words are the same at both ends, four of them, and other ones each time', async (t) => {
  const fake = await FakeGateway.start(t);
  const seen = new Set();
  for (const room of ['first', 'second']) {
    const [left, right] = await meet(fake, { room }, { room });
    for (const end of [left, right]) {
      while (end.security.words === '') await next(end, 'secure');
    }
    assert.equal(left.security.words, right.security.words);
    assert.equal(left.security.words.split(' ').length, 4);
    seen.add(left.security.words);
    left.close();
    await right.closed;
  }
  assert.equal(seen.size, 2);
});

test('plaintext has to be asked for at both ends', async (t) => {
  const fake = await FakeGateway.start(t);
  const heard = listenTo(fake);
  const plain = { encryption: 'none' };
  const [left, right] = await meet(fake, plain, plain);
  assert.equal(left.security, null);
  left.send(new TextEncoder().encode('no secret'));
  await next(right, 'datagram');
  assert.ok(heard.some((text) => text.includes('no secret')));
  left.close();
  await right.closed;

  const ending = new AbortController();
  t.after(() => ending.abort());
  const { signal } = ending;
  void connect(options(fake, { name: 'plain', room: 'mixed', signal, ...plain })).catch(() => {});
  await assert.rejects(connect(options(fake, { name: 'locked', room: 'mixed' })), {
    code: 'not-encrypted',
    message: /^The peer does not encrypt, and this end does: switch DTLS on at the peer/,
  });
});

test('a peer with another certificate than the expected one is refused', async (t) => {
  const fake = await FakeGateway.start(t);
  const ending = new AbortController();
  t.after(() => ending.abort());
  const { signal } = ending;
  void connect(options(fake, { name: 'device', signal })).catch(() => {});
  const refused = connect(options(fake, { name: 'page', expectedFingerprint: stranger }));
  await assert.rejects(refused, { code: 'not-expected', message: /the expected one/ });
});

test('what is not a fingerprint is an error of the call', async (t) => {
  const fake = await FakeGateway.start(t);
  for (const wrong of [
    { expectedFingerprint: 'AB:CD' },
    { expectedFingerprint: [stranger, 7] },
    { expectedFingerprint: stranger, encryption: 'none' },
    { encryption: 'rot13' },
  ]) {
    await assert.rejects(connect(options(fake, wrong)), { code: 'bad-argument' });
  }
});

test('a datagram may be as long as a record, on a path that carries it', async (t) => {
  const fake = await FakeGateway.start(t);
  const [left, right] = await meet(fake);
  assert.equal(left.datagrams.maxDatagramSize, 16384);
  const arrived = next(right, 'datagram');
  assert.equal(left.send(new Uint8Array(16384).fill(3)), true);
  assert.deepEqual((await arrived).data, new Uint8Array(16384).fill(3));
  assert.equal(left.send(new Uint8Array(16385)), false);
  left.close();
  await right.closed;
});

test('a short path is shorter by what encryption adds', async (t) => {
  const fake = await FakeGateway.start(t);
  fake.network.maxDatagramSize = 1200;
  const [left, right] = await meet(fake);
  assert.equal(left.datagrams.maxDatagramSize, 1200 - 37);
  left.close();
  await right.closed;
});

test('nothing can be sent before the handshake is through', async (t) => {
  const fake = await FakeGateway.start(t);
  const gateway = new Gateway(fake.tunnelUrl);
  t.after(() => gateway.close());
  const ends = ['controlling', 'controlled'].map((role) => new IceTransport({ gateway, role }));
  const negotiations = ends.map((transport) => new Negotiation(transport));
  const told = ends.map((transport, i) => {
    const order = [];
    const note = (what) => order.push([what, transport.send(Uint8Array.of(1))]);
    transport.addEventListener('selectedcandidatepairchange', () => note('pair'));
    transport.addEventListener('secure', () => note('secure'));
    negotiations[i].onmessage = ({ message }) => negotiations[1 - i].receive(message);
    return order;
  });
  for (const transport of ends) void transport.gather();
  await Promise.all(ends.map((transport) => reaches(transport, 'completed')));
  for (const order of told) {
    assert.deepEqual(order[0], ['pair', false]);
    assert.ok(order.some(([what, sent]) => what === 'secure' && sent));
  }
});
