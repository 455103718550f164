import assert from 'node:assert/strict';
import test from 'node:test';
import { includeProblems } from '../rules/includes.mjs';
import { floors, problemsOf } from './fixture.mjs';

const kGround = 'core/ground/include/floe/ground/a.h';
const kUpper = 'core/upper/include/floe/upper/b.h';

test('a module may include what the table lets it use, and its own headers', () => {
  const texts = {
    [kGround]: '#include <vector>\n',
    [kUpper]: '#include "floe/ground/a.h"\n',
    'core/upper/src/c.h': '',
    'core/upper/src/c.cc': '#include "c.h"\n#include "floe/upper/b.h"\n',
  };
  assert.deepEqual(problemsOf(includeProblems, texts), []);
});

test('a module must not include what stands above it', () => {
  const texts = { [kGround]: '\n#include "floe/upper/b.h"\n', [kUpper]: '' };
  assert.deepEqual(problemsOf(includeProblems, texts), [
    `${kGround}:2: ground must not include upper`,
  ]);
});

test('a module must not include what its uses include', () => {
  const top = { name: 'top', folder: 'core/top', uses: ['upper'], is: 'The top.' };
  const texts = {
    [kGround]: '',
    [kUpper]: '',
    'core/top/src/d.cc': '#include "floe/ground/a.h"\n',
  };
  assert.deepEqual(problemsOf(includeProblems, texts, floors({}, {}, top)), [
    'core/top/src/d.cc:1: top must not include ground',
  ]);
});

test('a header may belong to a module that its name does not tell', () => {
  const native = { name: 'net', folder: 'native/net', uses: ['upper'], is: 'Sockets.' };
  const texts = {
    'native/net/include/floe/native/loop.h': '',
    [kUpper]: '#include "floe/native/loop.h"\n',
  };
  assert.deepEqual(problemsOf(includeProblems, texts, floors({}, {}, native)), [
    `${kUpper}:1: upper must not include net`,
  ]);
});

test('private headers are for the module and for those in its folder', () => {
  const inner = { name: 'inner', folder: 'core/ground/inner', uses: ['ground'], is: 'A part.' };
  const texts = {
    'core/ground/src/hidden.h': '',
    'core/ground/inner/src/e.cc': '#include "hidden.h"\n',
    'core/upper/src/f.cc': '#include "hidden.h"\n#include "../../ground/src/hidden.h"\n',
    [kGround]: '#include "missing.h"\n',
  };
  assert.deepEqual(problemsOf(includeProblems, texts, floors({}, {}, inner)), [
    'core/upper/src/f.cc:1: there is no "hidden.h" that upper may see',
    'core/upper/src/f.cc:2: upper must not include a private header of ground',
    `${kGround}:1: there is no "missing.h" that ground may see`,
  ]);
});

test('a protocol sees of the api only what cannot do I/O', () => {
  const texts = {
    'core/ground/include/floe/api/random.h': '',
    'core/ground/include/floe/api/timer.h': '',
    'core/upper/src/g.cc': '#include "floe/api/random.h"\n#include "floe/api/timer.h"\n',
  };
  assert.deepEqual(problemsOf(includeProblems, texts, floors({}, { sans_io: true })), [
    'core/upper/src/g.cc:2: upper does no I/O, so it must not see floe/api/timer.h',
  ]);
});

test('each file of C++ belongs to a module', () => {
  assert.deepEqual(problemsOf(includeProblems, { 'core/attic/src/h.cc': '' }), [
    'core/attic/src/h.cc: belongs to no module of cmake/modules.json',
  ]);
});
