// Whether the packed types compile in programs: with the oldest TypeScript that the package supports
// and with the newest, in pages and in Node, whose types have nothing of a page.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const compilers = ['typescript-oldest', 'typescript-newest'];

const environments = {
  'a page': { lib: ['es2022', 'dom'], files: ['everywhere', 'page'] },
  'a page with all of the language': {
    lib: ['esnext', 'dom', 'dom.iterable'],
    files: ['everywhere', 'page', 'await_using'],
  },
  'a Worker': { lib: ['es2022', 'webworker'], files: ['everywhere'] },
  Node: { lib: ['es2022'], types: ['node'], files: ['everywhere', 'node', 'await_using'] },
};

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'floe-types-'));
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, 'floe'), { recursive: true });
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: inRoot('.') });
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', 'floe'], {
    cwd: modules,
  });
  await symlink(inRoot('node_modules/@types'), join(modules, '@types'));
  await cp(inRoot('test/types'), folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
});

after(() => rm(folder, { recursive: true, force: true }));

for (const compiler of compilers) {
  for (const [where, options] of Object.entries(environments)) {
    test(`a program for ${where} compiles with ${compiler}`, async () => {
      assert.equal(await compile(compiler, options), '');
    });
  }
}

/** Returns what the compiler has to say, also about the files of the package: nothing, if all is well. */
async function compile(compiler, { lib, types = [], files }) {
  const project = join(folder, `${compiler}-${lib.join('-')}.json`);
  const compilerOptions = {
    ...{ lib, types, noEmit: true, strict: true, exactOptionalPropertyTypes: true },
    ...{ target: 'es2022', module: 'nodenext', skipLibCheck: false },
  };
  await writeFile(
    project,
    JSON.stringify({ compilerOptions, files: files.map((file) => `${file}.ts`) }),
  );
  const program = inRoot(`node_modules/${compiler}/bin/tsc`);
  return new Promise((resolve) => {
    execFile(process.execPath, [program, '-p', project], (error, output) => {
      resolve(error && !output ? error.message : output);
    });
  });
}
