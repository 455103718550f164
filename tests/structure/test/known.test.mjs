import assert from 'node:assert/strict';
import test from 'node:test';
import { compare, shrunk } from '../known.mjs';

const complain = (what, count) => `${what} has ${count}.`;
const problems = (found, known) => [...compare(found, known, complain)];

test('what is in the list as it is listed passes', () => {
  assert.deepEqual(problems({ a: 500 }, { a: 500 }), []);
});

test('what is not in the list, or has grown, fails', () => {
  assert.deepEqual(problems({ a: 501, b: 450 }, { a: 500 }), [
    'a has 501. It had 500 before.',
    'b has 450.',
  ]);
});

test('what shrank or is over must leave the list', () => {
  assert.match(problems({ a: 450 }, { a: 500 })[0], /^a went from 500 to 450: run/);
  assert.match(problems({}, { a: 500 })[0], /^a keeps the rule now: run/);
});

test('a list that is written again only shrinks', () => {
  assert.deepEqual(shrunk({ a: 450, b: 600, c: 700 }, { a: 500, b: 550, d: 800 }), {
    a: 450,
    b: 550,
  });
});

test('an entry may say why it stays', () => {
  const known = { a: { count: 500, why: 'a table' } };
  assert.deepEqual(problems({ a: 500 }, known), []);
  assert.deepEqual(problems({ a: 501 }, known), ['a has 501. It had 500 before.']);
  assert.deepEqual(shrunk({ a: 450 }, known), { a: { count: 450, why: 'a table' } });
});
