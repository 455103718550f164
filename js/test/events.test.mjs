import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import * as floe from 'floe';

const read = (path) => readFile(new URL(`../src/${path}`, import.meta.url), 'utf8');

test('each event of a transport has a place that takes it', async () => {
  const [, block] = (await read('wire/record_kind.ts')).split('export enum EventKind');
  const events = [...block.matchAll(/^ {2}(transport_\w+) = \d+,/gm)].map(([, name]) => name);
  assert.ok(events.length > 10);
  const takers = (await read('front/ice_mirror.ts')) + (await read('front/ice_agent.ts'));
  const taken = (name) => new RegExp(`EventKind\\.${name}\\b`).test(takers);
  assert.deepEqual(
    events.filter((name) => !taken(name)),
    [],
  );
});

test('each class of an event is exported', async () => {
  for (const file of ['events.ts', 'signaling_events.ts']) {
    const classes = [...(await read(file)).matchAll(/^export class (\w+)/gm)].map(
      ([, name]) => name,
    );
    assert.ok(classes.length > 1);
    assert.deepEqual(
      classes.filter((name) => !(name in floe)),
      [],
    );
  }
});
