import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The names and numbers between the braces after `opening`. */
function members(source, opening) {
  const start = source.indexOf(opening);
  assert.notEqual(start, -1, opening);
  const block = source.slice(start, source.indexOf('\n}', start));
  return Object.fromEntries(
    [...block.matchAll(/^\s+(\w+)(?: =|:) (\d+),/gm)].map(([, name, number]) => [name, number]),
  );
}

test('JavaScript and the module number their records alike', async () => {
  const cpp = await read('wasm/src/record_kind.h');
  const ts = await read('js/src/wire/record_kind.ts');
  const ofSystem = await read('js/src/wire/system_record_kind.ts');
  const ofChannels = await read('js/src/wire/channel_record_kind.ts');
  for (const [inCpp, inTs, inSystem, inChannels] of [
    ['enum class Command', 'enum Command', 'enum SystemCommand', 'enum ChannelCommand'],
    ['enum class Event', 'enum EventKind', 'enum SystemEvent', 'enum ChannelEventKind'],
  ]) {
    const expected = members(cpp, inCpp);
    assert.ok(Object.keys(expected).length > 10);
    const repeated = {
      ...members(ts, inTs),
      ...members(ofSystem, inSystem),
      ...members(ofChannels, inChannels),
    };
    assert.deepEqual(repeated, expected);
  }
});
