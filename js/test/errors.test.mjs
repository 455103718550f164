// The codes of errors: the type, the page and the code that makes them say the same.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';

const inTree = (path) => new URL(`../${path}`, import.meta.url);
const text = (path) => readFile(inTree(path), 'utf8');

function all(text, pattern) {
  return [...text.matchAll(pattern)].map(([, code]) => code).sort();
}

const typed = all(await text('src/error_codes.ts'), /\| '([a-z-]+)'/g);

test('the page lists each code of the type, and no other', async () => {
  assert.deepEqual(all(await text('ERRORS.md'), /^\| `([a-z-]+)` \|/gm), typed);
});

test('what the module refuses with has a code of the type', async () => {
  const folder = new URL('../../wasm/src/', import.meta.url);
  let count = 0;
  for (const file of await readdir(folder)) {
    const source = await readFile(new URL(file, folder), 'utf8');
    for (const code of all(source, /refuse\("([a-z-]+)"/g)) {
      assert.ok(typed.includes(code), code);
      ++count;
    }
  }
  assert.ok(count >= 8);
});

test('what a server of rooms refuses with has a code of the type', async () => {
  const source = await text('../core/signal/src/room_message.cc');
  const codes = all(source, /case RoomErrorCode::\w+:\n\s+return "([a-z-]+)"/g);
  assert.ok(codes.length >= 5);
  for (const code of codes) assert.ok(typed.includes(code), code);
});

test('the class has its own name where Node prints an error', async () => {
  const { FloeError } = await import('../dist/node.js');
  assert.equal(FloeError.name, 'FloeError');
});
