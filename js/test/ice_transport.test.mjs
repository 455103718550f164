import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Gateway, IceTransport } from 'floe';

import { FakeGateway } from './fakes/fake_gateway.mjs';
import { connectedPair, next, reaches } from './fakes/pair.mjs';

const text = (bytes) => new TextDecoder().decode(bytes);
const bytes = (string) => new TextEncoder().encode(string);

test('two transports connect and send datagrams', async (t) => {
  const { a, b } = await connectedPair(t);
  const arrived = next(b, 'datagram');
  assert.equal(a.send(bytes('over')), true);
  const { data, component } = await arrived;
  assert.equal(text(data), 'over');
  assert.equal(component, 1);
  assert.equal(data.byteLength, data.buffer.byteLength, 'the data have a buffer of their own');
  const { local, remote } = a.getSelectedCandidatePair();
  assert.deepEqual([local.type, remote.type, local.address], ['host', 'host', '192.0.2.1']);
  assert.deepEqual(b.getSelectedCandidatePair().local.port, remote.port);
});

test('empty datagrams and the longest ones arrive, longer ones are refused', async (t) => {
  const { a, b } = await connectedPair(t);
  const sizes = [];
  const all = new Promise((resolve) => {
    b.ondatagram = ({ data }) => sizes.push(data.length) === 2 && resolve();
  });
  assert.equal(a.send(new Uint8Array(0)), true);
  assert.equal(a.send(new Uint8Array(65507)), true);
  assert.equal(a.send(new Uint8Array(65508)), false);
  await all;
  assert.deepEqual(sizes, [0, 65507]);
});

test('a flood is refused instead of queued', async (t) => {
  const { a } = await connectedPair(t);
  let taken = 0;
  while (taken < 10_000 && a.send(new Uint8Array(1200))) taken++;
  assert.ok(taken > 100 && taken < 1000, `${taken} datagrams were taken in one turn`);
  await a.datagrams.writable.getWriter().write(new Uint8Array(1200)); // when there is room again
});

test('datagrams are streams, too', async (t) => {
  const { a, b } = await connectedPair(t);
  const reader = b.datagrams.readable.getReader();
  const writer = a.datagrams.writable.getWriter();
  await writer.write(bytes('one'));
  await writer.write(bytes('two').buffer);
  assert.equal(text((await reader.read()).value), 'one');
  assert.equal(text((await reader.read()).value), 'two');
  await writer.write(new Uint8Array(70_000));
  assert.equal(a.datagrams.outgoingDropped, 1);
  a.stop();
  b.stop();
  assert.equal((await reader.read()).done, true);
});

test('of datagrams that nobody reads the oldest give way', async (t) => {
  const { a, b } = await connectedPair(t);
  b.datagrams.incomingMaxBufferedDatagrams = 2;
  const reader = b.datagrams.readable.getReader();
  for (const word of ['one', 'two', 'three']) a.send(bytes(word));
  await a.getStats();
  while (b.datagrams.incomingDropped === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(text((await reader.read()).value), 'two');
});

test('a restart makes a new generation while data go on', async (t) => {
  const { a, b } = await connectedPair(t);
  const before = a.getLocalParameters();
  const [ofA, ofB] = await Promise.all([a.restart(), b.restart()]);
  assert.notEqual(ofA.usernameFragment, before.usernameFragment);
  assert.equal(a.send(bytes('meanwhile')), true);
  const selected = next(a, 'selectedcandidatepairchange');
  a.start(ofB);
  b.start(ofA);
  for (const candidate of a.getLocalCandidates()) b.addRemoteCandidate(candidate);
  for (const candidate of b.getLocalCandidates()) a.addRemoteCandidate(candidate);
  await selected;
  assert.deepEqual(a.getRemoteParameters(), ofB);
});

test('gather() resolves when all candidates are known', async (t) => {
  const fake = await FakeGateway.start(t, { addresses: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] });
  const transport = new IceTransport({
    gateway: fake.tunnelUrl,
    addresses: ['192.0.2.1', '192.0.2.3'],
  });
  const found = [];
  let before;
  transport.onicecandidate = ({ candidate }) => {
    found.push(candidate);
    before = transport.gatheringState;
  };
  await transport.gather();
  assert.equal(before, 'gathering', 'the end of the candidates comes before the state');
  assert.equal(transport.gatheringState, 'complete');
  assert.deepEqual(
    found.map((candidate) => candidate?.address),
    ['192.0.2.1', '192.0.2.3', undefined],
  );
  const { usernameFragment } = transport.getLocalParameters();
  assert.deepEqual(found[0].toJSON(), {
    candidate: found[0].candidate,
    sdpMid: '0',
    sdpMLineIndex: null,
    usernameFragment,
  });
  transport.stop();
});

test('gathering through a gateway that is not there fails with the reason', async () => {
  const transport = new IceTransport({ gateway: 'ws://127.0.0.1:9/tunnel' });
  await assert.rejects(transport.gather(), { name: 'NetworkError', code: 'gateway-unreachable' });
  assert.equal(transport.state, 'closed');
  assert.match(transport.error.hint, /gateway runs/);
  assert.throws(() => transport.start({}), { name: 'InvalidStateError' });
});

test('an abort ends gathering with its reason', async (t) => {
  const fake = await FakeGateway.start(t);
  const abort = new AbortController();
  const transport = new IceTransport({ gateway: fake.tunnelUrl });
  const gathered = transport.gather({ signal: abort.signal });
  abort.abort(new Error('enough'));
  await assert.rejects(gathered, { message: 'enough' });
  assert.throws(() => new Gateway(fake.tunnelUrl, { signal: abort.signal }), { message: 'enough' });
});

test('a closed transport has no pair', async (t) => {
  const { a } = await connectedPair(t);
  assert.ok(a.getSelectedCandidatePair());
  a.stop();
  assert.equal(a.getSelectedCandidatePair(), null);
});

test('bad parameters and candidates of the peer are refused with words', async (t) => {
  const fake = await FakeGateway.start(t);
  const transport = new IceTransport({ gateway: fake.tunnelUrl });
  const password = 'p'.repeat(22);
  assert.throws(() => transport.start({ usernameFragment: 'abc', password }), {
    code: 'bad-ufrag',
  });
  assert.throws(() => transport.start({ usernameFragment: 'abcd', password: 'short' }), {
    code: 'bad-password',
  });
  const refused = next(transport, 'error');
  transport.addRemoteCandidate({ candidate: line(5000).replace('udp', 'tcp') });
  const { error } = await refused;
  assert.equal(error.code, 'candidate-ignored');
  transport.stop();
});

test('statistics have the dictionaries of W3C', async (t) => {
  const { a } = await connectedPair(t);
  const report = await a.getStats();
  const all = [...report.values()];
  const transport = all.find(({ type }) => type === 'transport');
  assert.equal(transport.iceState, 'completed');
  const pair = report.get(transport.selectedCandidatePairId);
  assert.deepEqual([pair.type, pair.state, pair.nominated], ['candidate-pair', 'succeeded', true]);
  const local = report.get(pair.localCandidateId);
  assert.equal(local.address, '192.0.2.1');
  assert.equal(local.usernameFragment, a.getLocalParameters().usernameFragment);
  const { usernameFragment } = report.get(pair.remoteCandidateId);
  assert.equal(usernameFragment, a.getRemoteParameters().usernameFragment);
  assert.ok(Math.abs(transport.timestamp - Date.now()) < 60_000);
  assert.equal(transport.dtlsState, undefined);
});

test('statistics say when the last datagram left and came', async (t) => {
  const { a, b } = await connectedPair(t);
  const pairOf = async (end) =>
    [...(await end.getStats()).values()].find(({ nominated }) => nominated);
  assert.equal((await pairOf(a)).lastPacketSentTimestamp, undefined);
  const before = performance.timeOrigin + performance.now();
  const arrives = next(b, 'datagram');
  a.send(bytes('now'));
  await arrives;
  const times = [
    (await pairOf(a)).lastPacketSentTimestamp,
    (await pairOf(b)).lastPacketReceivedTimestamp,
  ];
  const after = performance.timeOrigin + performance.now();
  for (const time of times) {
    assert.ok(time > before - 50 && time < after + 50, `${before} ${time} ${after}`);
  }
});

test('a transport whose gateway is lost closes with the reason', async (t) => {
  const { a, fake } = await connectedPair(t);
  const closed = reaches(a, 'closed');
  fake.dropConnections();
  await closed;
  assert.equal(a.error.code, 'gateway-closed');
  assert.equal(a.send(bytes('late')), false);
});

const password = 'p'.repeat(22);
const line = (port) => `candidate:1 1 udp 2130706431 192.0.2.7 ${port} typ host`;
const ofOther = { name: 'OperationError', code: 'other-generation' };

test('a candidate of another generation is refused, and so is its end', async (t) => {
  const fake = await FakeGateway.start(t);
  const transport = new IceTransport({ gateway: fake.tunnelUrl });
  t.after(() => transport.stop());
  await transport.ready;
  transport.start({ usernameFragment: 'NEWf', password });
  const usernameFragment = 'OLDf';
  for (const init of [
    { candidate: line(5000), usernameFragment },
    { candidate: `a=${line(5000)} generation 0 ufrag OLDf\r\n` },
    { candidate: `${line(5000)} ufrag NEWf`, usernameFragment },
    { candidate: '', usernameFragment },
    { candidate: line(5000), usernameFragment: '' },
  ]) {
    assert.throws(() => transport.addRemoteCandidate(init), ofOther);
    assert.throws(() => transport.removeRemoteCandidate(init), ofOther);
  }
  transport.addRemoteCandidate({ candidate: line(5001) });
  transport.addRemoteCandidate({ candidate: line(5002), usernameFragment: 'NEWf' });
  transport.addRemoteCandidate({ candidate: `${line(5003)} ufrag NEWf\r\n` });
  transport.removeRemoteCandidate({ candidate: line(5001), usernameFragment: 'NEWf' });
  await transport.getStats();
  assert.deepEqual(
    transport.getRemoteCandidates().map(({ port }) => port),
    [5002, 5003],
  );
});

test('a candidate waits for the parameters of its generation', async (t) => {
  const fake = await FakeGateway.start(t);
  const transport = new IceTransport({ gateway: fake.tunnelUrl });
  t.after(() => transport.stop());
  await transport.ready;
  const ports = async () => {
    await transport.getStats();
    return transport.getRemoteCandidates().map(({ port }) => port);
  };
  const add = (port, usernameFragment) =>
    transport.addRemoteCandidate({ candidate: line(port), usernameFragment });
  add(5001, 'one1');
  add(5002, 'one1');
  add(5003, 'two2');
  transport.removeRemoteCandidate({ candidate: line(5002), usernameFragment: 'one1' });
  assert.deepEqual(await ports(), []);
  transport.start({ usernameFragment: 'one1', password });
  assert.deepEqual(await ports(), [5001]);
  assert.throws(() => add(5004, 'two2'), ofOther);

  await transport.restart();
  add(5005, 'one1'); // nobody will start with that any more
  add(5006, 'two2');
  transport.start({ usernameFragment: 'two2', password });
  assert.deepEqual(await ports(), [5003, 5006]);
});

test('of the candidates that wait the oldest give way', async (t) => {
  const fake = await FakeGateway.start(t);
  const transport = new IceTransport({ gateway: fake.tunnelUrl });
  t.after(() => transport.stop());
  await transport.ready;
  for (let port = 5000; port <= 5064; port++) {
    transport.addRemoteCandidate({ candidate: line(port), usernameFragment: 'one1' });
  }
  transport.start({ usernameFragment: 'one1', password });
  await transport.getStats();
  assert.equal(transport.getRemoteCandidates().length, 64);
  assert.equal(transport.getRemoteCandidates()[0].port, 5001);
});
