import assert from 'node:assert/strict';
import test from 'node:test';
import { moduleMapProblems } from '../module_map.mjs';
import { problemsOf } from './fixture.mjs';

const kHead = '| Module | What it is | What it uses |\n| --- | --- | --- |\n';
const kGround = '| [`ground`](ground) | What all stand on. |  |\n';
const kUpper = '| [`upper`](upper) | What stands on it. | ground |\n';

test('the page shows each module of the table', () => {
  assert.deepEqual(
    problemsOf(moduleMapProblems, { 'core/README.md': kHead + kGround + kUpper }),
    [],
  );
});

test('a page that shows another table is old', () => {
  for (const map of [kGround, kUpper + kGround, '']) {
    assert.match(
      problemsOf(moduleMapProblems, { 'core/README.md': kHead + map })[0],
      /^core\/README.md: does not show/,
    );
  }
});
