// tests/pitfalls.md and tests/mutants name tests: each must be there, in the file that is named.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Mutant } from '../runner/mutant.mjs';
import { Sources } from '../runner/sources.mjs';
import { root } from '../runner/tree.mjs';

const kTests = path.join(root, 'tests');
const kTable = path.join(kTests, 'pitfalls.md');
const kCase = /(?:TEST_CASE(?:_METHOD)?\(|^\s*test\()\s*((?:"(?:[^"\\]|\\.)*"\s*)+|'(?:[^'\\]|\\.)*')/gm;
const kNamed = /`([\w./]+\.(?:cc|mjs))`: ("[^"]+"(?:, "[^"]+")*)/g;

const known = new Map();

/// The names of the tests in a file, given from tests/.
function testsOf(file) {
  if (!known.has(file)) known.set(file, new Set(namesIn(readFileSync(path.join(kTests, file), 'utf8'))));
  return known.get(file);
}

/// A long name may be written as several literals.
function namesIn(source) {
  return [...source.matchAll(kCase)].map(([, literals]) =>
    [...literals.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)].map((part) => part[1] ?? part[2]).join(''),
  );
}

function* tableProblems() {
  let rows = 0;
  for (const [index, line] of readFileSync(kTable, 'utf8').split('\n').entries()) {
    const row = /^\| ([CDP]\d+) \|/.exec(line);
    if (!row) continue;
    ++rows;
    const at = `tests/pitfalls.md:${index + 1}`;
    const named = [...line.matchAll(kNamed)];
    if (named.length === 0 && !/ later: \w/.test(line)) yield `${at}: ${row[1]} has neither a test nor a reason`;
    for (const [, file, names] of named) {
      for (const [, name] of names.matchAll(/"([^"]+)"/g)) {
        if (!testsOf(file).has(name)) yield `${at}: ${file} has no test called "${name}"`;
      }
    }
  }
  if (rows === 0) yield 'tests/pitfalls.md: has no rows';
}

function* mutantProblems() {
  const folders = ['unit', 'sim', 'native', 'gateway'].map((folder) => path.join(kTests, folder));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory()
        ? readdirSync(path.join(folder, entry.name)).map((file) => path.join(folder, entry.name, file))
        : [path.join(folder, entry.name)],
    ),
  );
  const all = new Set(
    files.filter((file) => file.endsWith('.cc')).flatMap((file) => [...testsOf(path.relative(kTests, file))]),
  );
  const sources = new Sources(root);
  for (const mutant of Mutant.load()) {
    const at = `tests/mutants/${mutant.name}.mutant`;
    for (const problem of mutant.problems(sources)) yield `${at}: ${problem}`;
    if (mutant.test && !all.has(mutant.test)) yield `${at}: no test is called "${mutant.test}"`;
  }
}

export function* pitfallProblems() {
  yield* tableProblems();
  yield* mutantProblems();
}
