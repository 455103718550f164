import assert from 'node:assert/strict';
import test from 'node:test';
import { glossaryProblems } from '../rules/glossary.mjs';
import { problemsOf } from './fixture.mjs';

const page = (...words) => ({
  'core/README.md': words.map((word) => `| ${word} | a term | a meaning |\n`).join(''),
});
const kClasses = {
  'core/ground/src/a.h': 'class Agent final {\n};\nstruct Other;\nusing Id = int;\n',
};

test('a word that is a class of its module is fine, and so is a word that is none', () => {
  assert.deepEqual(
    problemsOf(glossaryProblems, { ...kClasses, ...page('`ground::Agent`', '`Id`', 'base') }),
    [],
  );
});

test("a class that is not there, or is another module's, is told", () => {
  assert.deepEqual(
    problemsOf(glossaryProblems, {
      ...kClasses,
      ...page('`ground::Other`', '`upper::Agent`', '`Missing`'),
    }),
    ['ground::Other', 'upper::Agent', 'Missing'].map(
      (name, at) => `core/README.md:${at + 1}: there is no class ${name}`,
    ),
  );
});
