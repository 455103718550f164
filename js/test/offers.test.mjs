// Members of a room say what they offer, and others find them by it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { connect, Gateway, SignalingClient } from 'floe';

import { FakeGateway } from './fakes/fake_gateway.mjs';

const options = (fake, rest = {}) => ({
  signaling: fake.signalUrl,
  gateway: fake.tunnelUrl,
  room: 'demo',
  ...rest,
});

/** A member that never answers. */
async function silent(t, fake, name, offers) {
  const client = new SignalingClient(fake.signalUrl, { room: 'demo', name, offers });
  t.after(() => client.close());
  await client.joined;
  return client;
}

/** A member that answers "seeker". */
async function device(t, fake, offers, name = 'device') {
  const gateway = new Gateway(fake.tunnelUrl);
  const signaling = new SignalingClient(fake.signalUrl, { room: 'demo', name, offers });
  await signaling.joined;
  connect({ gateway, signaling, peer: 'seeker' }).catch(() => {}); // it ends with the test
  t.after(() => {
    gateway.close();
    signaling.close();
  });
}

/** Resolves with who was met, after how many ms, and the codes of what it waited for. */
async function seek(t, fake, rest = {}) {
  const waits = [];
  const begin = performance.now();
  const onwaiting = ({ code }) => waits.push(code);
  const page = await connect(options(fake, { name: 'seeker', onwaiting, ...rest }));
  t.after(() => page.close());
  return { name: page.peer.name, ms: performance.now() - begin, waits };
}

test('each member hears what the others offer', async (t) => {
  const fake = await FakeGateway.start(t);
  const first = await silent(t, fake, 'first', ['echo', 'log']);
  const second = await silent(t, fake, 'second', ['~a.b_c-1']);
  const third = await silent(t, fake, 'third');
  const told = (client) => client.peers.map(({ name, offers }) => [name, ...offers].join(' '));
  assert.deepEqual(told(third), ['first echo log', 'second ~a.b_c-1']);
  while (first.peers.length < 2 || second.peers.length < 2) await sleep(5);
  assert.deepEqual(told(first), ['second ~a.b_c-1', 'third']);
  assert.deepEqual(told(second), ['first echo log', 'third']);
});

test('a silent page that came first does not delay one that seeks the device', async (t) => {
  const fake = await FakeGateway.start(t);
  await silent(t, fake, 'page');
  await device(t, fake, ['echo']);
  const met = await seek(t, fake, { seeks: 'echo' });
  assert.deepEqual([met.name, met.waits], ['device', []]);
  assert.ok(met.ms < 2_500, `${met.ms} ms`);
});

test('a member that offers only something else is not tried', async (t) => {
  const fake = await FakeGateway.start(t);
  await device(t, fake, ['log'], 'logger');
  const seeking = seek(t, fake, { seeks: 'echo' });
  await sleep(500);
  await device(t, fake, ['log', 'echo']);
  const met = await seeking;
  assert.deepEqual([met.name, met.waits], ['device', ['no-peer']]);
});

test('a member that does not say what it offers is tried last', async (t) => {
  const fake = await FakeGateway.start(t);
  await device(t, fake, undefined, 'old');
  await silent(t, fake, 'gone', ['echo']);
  const met = await seek(t, fake, { seeks: 'echo' });
  assert.deepEqual([met.name, met.waits], ['old', ['no-answer']]);
});

test('a device that comes while a silent page is tried is met at once', async (t) => {
  const fake = await FakeGateway.start(t);
  await silent(t, fake, 'page');
  const seeking = seek(t, fake, { seeks: 'echo' });
  await sleep(500);
  await device(t, fake, ['echo']);
  const met = await seeking;
  assert.deepEqual([met.name, met.waits], ['device', ['no-answer']]);
  assert.ok(met.ms < 3_000, `${met.ms} ms`);
});

test('what is sought is in the words of the wait', async (t) => {
  const fake = await FakeGateway.start(t);
  const words = (rest) =>
    new Promise((resolve) => {
      const abort = new AbortController();
      const onwaiting = ({ reason }) => {
        abort.abort();
        resolve(reason);
      };
      connect(options(fake, { signal: abort.signal, onwaiting, ...rest })).catch(() => {});
    });
  assert.match(await words({}), /^Nobody else is in the room "demo"\./);
  assert.match(
    await words({ seeks: 'echo' }),
    /^Nobody that offers "echo" is in the room "demo"\./,
  );
  const both = await words({ seeks: 'echo', peer: 'device' });
  assert.match(both, /^Nobody called "device" that offers "echo" is in/);
});

test('what cannot be a service is refused at the call', async () => {
  const url = 'ws://127.0.0.1:9/signal';
  const nine = Array.from({ length: 9 }, (_, index) => `s${index}`);
  for (const offers of [nine, ['two words'], ['x'.repeat(65)], [''], [7], 'echo', { length: 0 }]) {
    const wrong = { code: 'bad-argument', message: /^offers is not an array of at most 8 names/ };
    assert.throws(() => new SignalingClient(url, { room: 'demo', offers }), wrong);
    await assert.rejects(connect({ signaling: url, room: 'demo', offers }), wrong);
  }
  for (const seeks of ['', 'two words', ['echo'], 7]) {
    const wrong = { code: 'bad-argument', message: /^seeks is not a name/ };
    await assert.rejects(connect({ signaling: url, room: 'demo', seeks }), wrong);
  }
  const most = new SignalingClient(url, { room: 'demo', offers: nine.slice(1) });
  most.close();
});
