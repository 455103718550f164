import assert from 'node:assert/strict';
import test from 'node:test';
import { headersWithoutReason, kToldToUsers, toldProblems } from '../rules/public_headers.mjs';
import { fixture, floors, problemsOf } from './fixture.mjs';

const kUsed = 'core/ground/include/floe/ground/used.h';
const kPart = 'core/ground/include/floe/ground/part.h';
const kUnused = 'core/ground/include/floe/ground/unused.h';

function without(texts, ...changes) {
  const { tree, modules } = fixture(texts, floors(...changes));
  return Object.keys(headersWithoutReason(tree, modules));
}

test('a header that another module includes is public, and so is what it includes', () => {
  const texts = {
    [kUsed]: '#include "floe/ground/part.h"\n',
    [kPart]: '',
    'core/upper/src/a.cc': '#include "floe/ground/used.h"\n',
  };
  assert.deepEqual(without(texts), []);
});

test('a header that only its own module and tests include is not', () => {
  const texts = {
    [kUnused]: '',
    'core/ground/src/a.cc': '#include "floe/ground/unused.h"\n',
    'tests/unit/a_test.cc': '#include "floe/ground/unused.h"\n',
  };
  assert.deepEqual(without(texts), [kUnused]);
});

test('tests are the users of a module for tests', () => {
  const texts = {
    [kUsed]: '',
    [kUnused]: '',
    'tests/unit/a_test.cc': '#include "floe/ground/used.h"\n',
  };
  assert.deepEqual(without(texts, { for_tests: true }), [kUnused]);
});

test('a header that programs are told of is public, and must be there', () => {
  assert.deepEqual(
    without({ 'core/ground/include/floe/floe.h': '#include "floe/ground/part.h"\n', [kPart]: '' }),
    [],
  );
  assert.equal(problemsOf(toldProblems, {}).length, Object.keys(kToldToUsers).length);
});

test('a private header needs no reason', () => {
  assert.deepEqual(without({ 'core/ground/src/hidden.h': '' }), []);
});
