import assert from 'node:assert/strict';
import test from 'node:test';
import { tableProblems } from '../rules/table.mjs';
import { floors, problemsOf } from './fixture.mjs';

const kTexts = {
  'core/ground/include/floe/ground/a.h': '',
  'core/upper/include/floe/upper/b.h': '#include "floe/ground/a.h"\n',
};

test('a table that says what is there is fine', () => {
  assert.deepEqual(problemsOf(tableProblems, kTexts), []);
});

test('a module may use only modules above it', () => {
  const circle = floors({ uses: ['upper'] });
  assert.ok(
    problemsOf(tableProblems, kTexts, circle).includes(
      'cmake/modules.json: ground uses upper, which is not above it',
    ),
  );
});

test('a use that nothing makes is taken out of the table', () => {
  const texts = { ...kTexts, 'core/upper/include/floe/upper/b.h': '' };
  assert.deepEqual(problemsOf(tableProblems, texts), [
    'cmake/modules.json: upper includes nothing of ground',
  ]);
});

test('a module has a folder, a name that no other has, and a sentence', () => {
  const wrong = floors({}, { name: 'ground', folder: 'core/gone', uses: [], is: 'no sentence' });
  assert.deepEqual(problemsOf(tableProblems, kTexts, wrong), [
    'cmake/modules.json: ground is there twice',
    'cmake/modules.json: ground: there is no folder core/gone',
    'cmake/modules.json: ground: "is" must say in a sentence what the module is',
  ]);
});
