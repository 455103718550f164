import assert from 'node:assert/strict';
import test from 'node:test';
import { versionProblems } from '../rules/version.mjs';
import { problemsOf } from './fixture.mjs';

const texts = (python) => ({
  'CMakeLists.txt': 'project(floe VERSION 1.2.3 LANGUAGES C)\n',
  'conanfile.py': `class Floe:\n    version = "${python}"\n`,
  'CHANGELOG.md': '# Changes\n\n## 1.2.3, not released\n',
});

test('files with the same version are right', () => {
  assert.deepEqual(problemsOf(versionProblems, texts('1.2.3')), []);
});

test('a file with another version is named', () => {
  assert.deepEqual(problemsOf(versionProblems, texts('1.2.4')), [
    'conanfile.py: has version 1.2.4, and CMakeLists.txt has 1.2.3',
  ]);
});
