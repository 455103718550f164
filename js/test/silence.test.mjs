// A peer that says nothing any more.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connectedPair, next, reaches } from './fakes/pair.mjs';

test('send() is false once the transport has failed, and true while it may only be late', async (t) => {
  const { a, fake } = await connectedPair(t);
  fake.network.isDown = true;
  await next(a, 'statechange');
  assert.equal(a.state, 'disconnected');
  assert.equal(a.send(Uint8Array.of(1)), true);
  await reaches(a, 'failed');
  assert.equal(a.send(Uint8Array.of(1)), false);
  assert.equal(a.datagrams.maxDatagramSize, 0);
  assert.match(a.explanation, /\w/);
});
