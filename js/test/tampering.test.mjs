// A gateway and a signalling server that change what they carry. Each time the ends notice, and say by
// what.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect } from 'floe';

import { FakeGateway } from './fakes/fake_gateway.mjs';
import { next } from './fakes/pair.mjs';

const isData = (payload) => payload[0] === 23;
const text = (event) => new TextDecoder().decode(event.data);

const end = (fake, name, rest = {}) =>
  connect({ signaling: fake.signalUrl, gateway: fake.tunnelUrl, room: 'demo', name, ...rest });

const meet = (fake) => Promise.all([end(fake, 'left'), end(fake, 'right')]);

/** The codes of both ends, which must both fail; their messages go to the report. */
async function failures(t, fake) {
  const ending = new AbortController();
  t.after(() => ending.abort());
  const ends = ['left', 'right'].map((name) => end(fake, name, { signal: ending.signal }));
  const first = await Promise.race(
    ends.map((one) =>
      one.then(
        () => null,
        (error) => error,
      ),
    ),
  );
  assert.ok(first, 'they connected');
  t.diagnostic(first.message);
  for (const one of ends) one.catch(() => {});
  return first;
}

function changeDescriptions(fake, change) {
  fake.rooms.tamper = (message) => {
    if (message.type === 'description') change(message);
    return message;
  };
}

test('a gateway that changes data changes nothing but what arrives', async (t) => {
  const fake = await FakeGateway.start(t);
  const [left, right] = await meet(fake);
  const received = [];
  right.addEventListener('datagram', (event) => received.push(text(event)));
  for (const [what, tamper] of Object.entries({
    'flips a bit': (payload) => [flipped(payload)],
    'cuts it short': (payload) => [payload.subarray(0, payload.length - 3)],
    'puts plaintext in its place': () => [Buffer.from('plaintext')],
    'forges a record': () => [Buffer.concat([Buffer.from([23, 254, 253, 0, 1]), Buffer.alloc(60)])],
  })) {
    fake.network.tamper = (payload) => (isData(payload) ? tamper(payload) : [payload]);
    left.send(new TextEncoder().encode(what));
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  fake.network.tamper = (payload) => (isData(payload) ? [payload, payload, payload] : [payload]);
  const arrived = next(right, 'datagram');
  left.send(new TextEncoder().encode('repeated'));
  await arrived;
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.deepEqual(received, ['repeated']);
  assert.equal(right.state, 'connected');
  left.close();
  await right.closed;
});

test('a gateway that changes the handshake is noticed', async (t) => {
  const fake = await FakeGateway.start(t);
  let changed = 0;
  fake.network.tamper = (payload) => {
    const isCertificate = payload[0] === 22 && payload[13] === 11;
    if (!isCertificate || payload[3] !== 0) return [payload];
    changed += 1;
    return [flipped(payload)];
  };
  const { code } = await failures(t, fake);
  assert.ok(changed > 0);
  assert.ok(['fingerprint-mismatch', 'handshake-failed', 'refused-by-peer'].includes(code), code);
});

test('a signalling server that swaps a fingerprint is noticed', async (t) => {
  const fake = await FakeGateway.start(t);
  changeDescriptions(fake, ({ dtls }) => {
    dtls.fingerprints[0].value = Array(32).fill('00').join(':');
  });
  const { code, message } = await failures(t, fake);
  assert.ok(['fingerprint-mismatch', 'refused-by-peer'].includes(code), code);
  assert.match(message, /fingerprint/);
});

test('a signalling server that takes the encryption away is noticed', async (t) => {
  const fake = await FakeGateway.start(t);
  changeDescriptions(fake, (message) => delete message.dtls);
  assert.equal((await failures(t, fake)).code, 'not-encrypted');
});

test('a signalling server that changes the number behind the words is noticed', async (t) => {
  const fake = await FakeGateway.start(t);
  fake.rooms.tamper = (message) =>
    message.type === 'reveal' ? { ...message, nonce: '0'.repeat(64) } : message;
  const { code, message } = await failures(t, fake);
  assert.equal(code, 'false-reveal');
  assert.match(message, /changes the signalling messages/);
});

test('a middleman with certificates of its own is found by the words', async (t) => {
  const fake = await FakeGateway.start(t);
  // Each end meets the middleman in place of the other, and it hands on what they say.
  const [left, toLeft, toRight, right] = await Promise.all([
    end(fake, 'left', { room: 'a' }),
    end(fake, 'right', { room: 'a' }),
    end(fake, 'left', { room: 'b' }),
    end(fake, 'right', { room: 'b' }),
  ]);
  toLeft.addEventListener('datagram', ({ data }) => toRight.send(data));
  const arrived = next(right, 'datagram');
  left.send(new TextEncoder().encode('is it you?'));
  assert.equal(text(await arrived), 'is it you?');
  for (const one of [left, right]) {
    while (one.security.words === '') await next(one, 'secure');
  }
  assert.notEqual(left.security.words, right.security.words);
  assert.notEqual(left.security.peerFingerprint, right.security.fingerprint);
  left.close();
  right.close();

  const known = right.security.fingerprint;
  const ending = new AbortController();
  t.after(() => ending.abort());
  void end(fake, 'right', { room: 'c', signal: ending.signal }).catch(() => {});
  const pinned = end(fake, 'left', { room: 'c', expectedFingerprint: known });
  await assert.rejects(pinned, { code: 'not-expected' });
});

function flipped(payload) {
  const copy = Buffer.from(payload);
  copy[copy.length - 1] ^= 1;
  return copy;
}
