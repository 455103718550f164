import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path/posix';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name) => readFile(new URL(`../${name}`, import.meta.url), 'utf8');

/** The libraries that are in scripts and modules, and words of their licences. */
const notices = {
  mbedTLS: /Apache License/,
  'nlohmann/json': /Niels Lohmann/,
  usrsctp: /Randall Stewart|Michael Tuexen/,
  musl: /Rich Felker/,
  emmalloc: /The Emscripten Authors/,
  'libc++': /system\/lib\/libcxx|LLVM/,
  'compiler-rt': /system\/lib\/compiler-rt|LLVM/,
  ws: /Einar Otto Stangvik/,
};

/** The paths of all files that `npm pack` packs. */
function packedFiles() {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [{ files }] = JSON.parse(output);
  return files.map(({ path }) => path);
}

test('the package has no file of the build, and no hidden one', () => {
  const hidden = packedFiles().filter((path) => /(^|\/)\./.test(path));
  assert.deepEqual(hidden, []);
});

test('the types are one file for each entry, and know of no Node', async () => {
  const types = packedFiles().filter((path) => path.endsWith('.d.ts') && path.startsWith('dist/'));
  assert.deepEqual(types.sort(), ['dist/channels.d.ts', 'dist/index.d.ts', 'dist/sdp.d.ts']);
  for (const path of types) {
    const text = await read(path);
    assert.doesNotMatch(text, /node:|types="node"|NodeJS|^import /m);
    assert.doesNotMatch(text, /@internal|EngineHandle|IceAgent|EventReader|SocketSource/);
  }
});

test('the licences of all that the package has of others are in it', async () => {
  const path = 'dist/THIRD_PARTY_NOTICES.txt';
  assert.ok(packedFiles().includes(path));
  const text = await read(path);
  const sections = text.split(/^=+\n(?=.+\n=+$)/m).map((section) => section.split(/\n=+\n/));
  for (const [name, words] of Object.entries(notices)) {
    const [, licence] =
      sections.find(([title]) => title.split(/[ ,]/).some((word) => word.startsWith(name))) ??
      assert.fail(name);
    assert.match(licence, words, name);
  }
});

test('each source that a map names is in the package, or is not ours', async () => {
  const packed = packedFiles();
  for (const path of packed.filter((name) => name.endsWith('.map'))) {
    for (const source of JSON.parse(await read(path)).sources) {
      if (/^virtual:|node_modules/.test(source)) continue;
      assert.ok(packed.includes(join('dist', source)), `${path} names ${source}`);
    }
  }
});
