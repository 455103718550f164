import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect, FloeError } from 'floe';
import { DataChannels } from 'floe/channels';

import { FakeGateway } from './fakes/fake_gateway.mjs';
import { next } from './fakes/pair.mjs';

/** Two ends that meet in a room; `right` has channels unless they are null. */
async function pair(t, { left = new DataChannels(), right = new DataChannels() } = {}) {
  const fake = await FakeGateway.start(t);
  const options = { signaling: fake.signalUrl, gateway: fake.tunnelUrl, room: 'demo' };
  const ends = await Promise.all([
    connect({ ...options, name: 'left', channels: left }),
    connect({ ...options, name: 'right', ...(right && { channels: right }) }),
  ]);
  t.after(() => ends.forEach((end) => end.close()));
  return { fake, left, right, ends };
}

/** A channel of the left end, and what the right end has of it, both open. */
async function openChannel({ left, right }, label = 'doors', init = {}) {
  const opened = next(right, 'datachannel');
  const ours = left.createDataChannel(label, init);
  assert.equal(ours.readyState, 'connecting');
  const [{ channel: theirs }] = await Promise.all([opened, next(ours, 'open')]);
  return { ours, theirs };
}

const bytes = (size) => Uint8Array.from({ length: size }, (_, i) => (i * 7) & 0xff);

test('a channel carries texts and bytes both ways', async (t) => {
  const { ours, theirs } = await openChannel(await pair(t));
  assert.equal(theirs.label, 'doors');
  assert.equal(theirs.readyState, 'open');
  assert.equal(theirs.id, ours.id);
  for (const [from, to] of [
    [ours, theirs],
    [theirs, ours],
  ]) {
    for (const message of ['open sesame', '', 'żółw', bytes(3), bytes(0), bytes(262_144)]) {
      const arrived = next(to, 'message');
      from.send(message);
      const { data } = await arrived;
      const got = typeof data === 'string' ? data : new Uint8Array(data);
      assert.deepEqual(got, message);
    }
  }
});

test('bytes come as a Blob when the application wants that', async (t) => {
  const { ours, theirs } = await openChannel(await pair(t));
  theirs.binaryType = 'blob';
  const arrived = next(theirs, 'message');
  ours.send(bytes(5).buffer);
  const { data } = await arrived;
  assert.ok(data instanceof Blob);
  assert.deepEqual(new Uint8Array(await data.arrayBuffer()), bytes(5));
});

test('the peer hears how a channel delivers', async (t) => {
  const both = await pair(t);
  const settings = [
    { ordered: false, maxRetransmits: 0, protocol: 'p' },
    { maxPacketLifeTime: 500 },
    {},
  ];
  for (const init of settings) {
    const { ours, theirs } = await openChannel(both, 'one', init);
    for (const { ordered, maxRetransmits, maxPacketLifeTime, protocol } of [ours, theirs]) {
      assert.deepEqual(
        { ordered, maxRetransmits, maxPacketLifeTime, protocol },
        { ordered: true, maxRetransmits: null, maxPacketLifeTime: null, protocol: '', ...init },
      );
    }
    assert.equal(theirs.negotiated, false);
  }
});

test('ends that have agreed on a number send nothing to open a channel', async (t) => {
  const { left, right } = await pair(t);
  right.ondatachannel = () => assert.fail('the peer opened it');
  const init = { negotiated: true, id: 7 };
  const [ours, theirs] = [left, right].map((end) => end.createDataChannel('agreed', init));
  await Promise.all([next(ours, 'open'), next(theirs, 'open')]);
  const arrived = next(theirs, 'message');
  ours.send('hello');
  assert.equal((await arrived).data, 'hello');
});

test('channels that are made before the peer is there open later', async (t) => {
  const left = new DataChannels();
  const right = new DataChannels();
  const early = [...Array(5).keys()].map((i) => left.createDataChannel(`early ${i}`));
  const labels = [];
  right.ondatachannel = ({ channel }) => labels.push(channel.label);
  const opened = Promise.all(early.map((channel) => next(channel, 'open')));
  await pair(t, { left, right });
  await opened;
  assert.deepEqual(labels.toSorted(), early.map(({ label }) => label).toSorted());
});

test('datagrams go beside channels, whatever they look like', async (t) => {
  const both = await pair(t);
  await openChannel(both);
  const [ours, theirs] = both.ends;
  const likeSctp = new Uint8Array(40);
  new DataView(likeSctp.buffer).setUint32(0, (5000 << 16) | 5000);
  for (const datagram of [Uint8Array.of(1), likeSctp]) {
    const arrived = next(theirs, 'datagram');
    ours.send(datagram);
    assert.deepEqual((await arrived).data, datagram);
  }
});

test('bufferedAmount falls to the threshold, and says so', async (t) => {
  const { ours, theirs } = await openChannel(await pair(t));
  let received = 0;
  theirs.onmessage = ({ data }) => (received += data.byteLength);
  ours.bufferedAmountLowThreshold = 100_000;
  const low = next(ours, 'bufferedamountlow');
  const message = bytes(65_536);
  const count = 40; // more than SCTP takes at once
  for (let i = 0; i < count; i++) ours.send(message);
  assert.equal(ours.bufferedAmount, count * message.length);
  await low;
  assert.ok(ours.bufferedAmount <= 100_000, `${ours.bufferedAmount} wait`);
  while (received < count * message.length) await next(theirs, 'message');
  assert.equal(ours.bufferedAmount, 0);
});

test('a channel that one end closes ends at both, after its messages', async (t) => {
  const both = await pair(t);
  for (const closes of ['ours', 'theirs']) {
    const channels = await openChannel(both);
    const heard = [];
    const other = channels[closes === 'ours' ? 'theirs' : 'ours'];
    other.onmessage = ({ data }) => heard.push(data);
    other.onclosing = () => heard.push('closing');
    const ended = [next(channels.ours, 'close'), next(channels.theirs, 'close')];
    channels[closes].send('last words');
    channels[closes].close();
    assert.equal(channels[closes].readyState, 'closing');
    await Promise.all(ended);
    assert.deepEqual(heard, ['last words', 'closing']);
    assert.deepEqual([channels.ours.readyState, channels.theirs.readyState], ['closed', 'closed']);
  }
});

test('channels end with their connection', async (t) => {
  const both = await pair(t);
  const { ours, theirs } = await openChannel(both);
  const ended = [next(ours, 'close'), next(theirs, 'close')];
  both.ends[0].close();
  await Promise.all(ended);
  assert.throws(() => ours.send('late'), { name: 'InvalidStateError', code: 'not-open' });
});

test('another channel opens after the connection has come back', async (t) => {
  const both = await pair(t);
  const { ours } = await openChannel(both);
  const ended = next(ours, 'close');
  const back = next(both.ends[0], 'reconnected');
  both.fake.dropConnections();
  await Promise.all([ended, back]);
  const again = await openChannel(both, 'again');
  const arrived = next(again.theirs, 'message');
  again.ours.send('here we are');
  assert.equal((await arrived).data, 'here we are');
});

test('a peer without channels is an error of the channel, and of later ones', async (t) => {
  const left = new DataChannels();
  const early = left.createDataChannel('early');
  const failed = next(early, 'error');
  await pair(t, { left, right: null });
  assert.equal((await failed).error.code, 'no-channels');
  assert.equal(early.readyState, 'closed');
  assert.equal(left.maxMessageSize, 0);
  assert.throws(() => left.createDataChannel('late'), {
    name: 'OperationError',
    code: 'no-channels',
  });
});

test('a message is as long as the peer takes it', async (t) => {
  const both = await pair(t, { right: new DataChannels({ maxMessageSize: 1000 }) });
  const { ours, theirs } = await openChannel(both);
  assert.equal(both.left.maxMessageSize, 1000);
  assert.equal(both.right.maxMessageSize, 262_144);
  const arrived = next(theirs, 'message');
  ours.send(bytes(1000));
  await arrived;
  assert.throws(
    () => ours.send(bytes(1001)),
    (error) => {
      assert.ok(error instanceof TypeError && error instanceof FloeError);
      assert.equal(error.code, 'message-too-long');
      return true;
    },
  );
});

test('more than 16 MiB do not wait', async (t) => {
  const { ours } = await openChannel(await pair(t));
  const message = bytes(262_144);
  assert.throws(
    () => {
      for (let i = 0; i <= 64; i++) ours.send(message);
    },
    { name: 'OperationError', code: 'buffer-full' },
  );
  assert.equal(ours.bufferedAmount, 64 * message.length);
});

test('what W3C refuses throws at once', async (t) => {
  const { left, ends } = await pair(t);
  const taken = { negotiated: true, id: 3 };
  left.createDataChannel('first', taken);
  for (const [init, code] of [
    [{ maxRetransmits: 1, maxPacketLifeTime: 1 }, 'bad-argument'],
    [{ maxRetransmits: -1 }, 'bad-argument'],
    [{ maxPacketLifeTime: 65_536 }, 'bad-argument'],
    [{ negotiated: true }, 'bad-argument'],
    [{ negotiated: true, id: 1024 }, 'bad-argument'],
    [{ protocol: 'x'.repeat(1025) }, 'bad-argument'],
    [taken, 'channel-limit'],
  ]) {
    assert.throws(() => left.createDataChannel('bad', init), { code }, JSON.stringify(init));
  }
  assert.throws(() => left.createDataChannel('ż'.repeat(513)), TypeError);
  assert.throws(() => new DataChannels({ maxMessageSize: 0 }), TypeError);
  for (let i = 1; i < 256; i++) left.createDataChannel(`${i}`);
  assert.throws(() => left.createDataChannel('one more'), { code: 'channel-limit' });
  ends[0].close();
});
