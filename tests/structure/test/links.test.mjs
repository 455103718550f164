import assert from 'node:assert/strict';
import test from 'node:test';
import { linkProblems } from '../rules/links.mjs';
import { problemsOf } from './fixture.mjs';

const found = (text) =>
  problemsOf(linkProblems, { 'core/README.md': text, 'core/ice/a.h': '', 'js/b.ts': '' });

test('a link to a file or a folder that is there is right', () => {
  assert.deepEqual(
    found('[a](ice/a.h) [b](../js/b.ts) [c](ice) [d](../js/) [e](ice/a.h#part)'),
    [],
  );
});

test('links to other sites and into the page itself are left alone', () => {
  assert.deepEqual(found('[a](https://example.org/x) [b](#words)'), []);
});

test('a link that leads nowhere is named', () => {
  assert.deepEqual(found('[a](ice/b.h)'), ['core/README.md: links to ice/b.h, which is not there']);
});
