import assert from 'node:assert/strict';
import test from 'node:test';
import { fileProblems } from '../rules/files.mjs';
import { hostProblems } from '../rules/hosts.mjs';
import { listingProblems } from '../rules/listing.mjs';
import { floors, problemsOf } from './fixture.mjs';

const kMark = ['TO', 'DO'].join('');

test('the top level is fixed', () => {
  assert.deepEqual(
    problemsOf(fileProblems, { 'attic/a.txt': '', '.gitignore': '', 'README.md': '' }),
    ['attic: not a name of the top level'],
  );
});

test('a file has at most 400 lines', () => {
  const texts = { 'core/a.cc': '\n'.repeat(400), 'core/b.cc': '\n'.repeat(401) };
  assert.deepEqual(problemsOf(fileProblems, texts), [
    'core/b.cc: 401 lines, more than 400: is a noun missing?',
  ]);
});

test('nothing is left unfinished, and a header has a guard', () => {
  const texts = {
    'core/a.cc': `// ${kMark}\n`,
    'core/b.h': 'int f();\n',
    'core/c.h': '#pragma once\n',
  };
  assert.deepEqual(problemsOf(fileProblems, texts), [
    'core/a.cc: an unfinished mark',
    'core/b.h: a header without a guard',
  ]);
});

test('what is in floe::core knows no host', () => {
  const foreign =
    '#include <sys/socket.h>\n#ifdef __linux__\n#if defined(__linux__)\nusing std::chrono::steady_clock;\n';
  const c = { name: 'c', folder: 'native/c', archive: 'core', uses: [], is: 'The C API.' };
  const net = { name: 'net', folder: 'native/net', archive: 'native', uses: [], is: 'Sockets.' };
  const texts = {
    'core/ground/src/a.cc': foreign,
    'native/c/src/a.cc': foreign,
    'native/net/src/a.cc': foreign,
  };
  assert.deepEqual(
    problemsOf(hostProblems, texts, floors({}, {}, c, net)),
    ['core/ground', 'native/c'].flatMap((folder) => [
      `${folder}/src/a.cc:1: this module is for every host`,
      `${folder}/src/a.cc:2: no #if for a host`,
      `${folder}/src/a.cc:3: no #if for a host`,
      `${folder}/src/a.cc:4: this module has no clock and no library distributions`,
    ]),
  );
});

test('each test is named in a list', () => {
  const texts = {
    'tests/unit/CMakeLists.txt': 'a_test.cc',
    'tests/unit/a_test.cc': '',
    'tests/unit/b_test.cc': '',
  };
  assert.deepEqual(problemsOf(listingProblems, texts), [
    'tests/unit/b_test.cc: no CMakeLists.txt under tests/ names it',
  ]);
});
