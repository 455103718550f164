// tests/pitfalls.md and tests/mutants name tests, and mutants name code: all of it must be there.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Mutant } from '../runner/mutant.mjs';
import { Sources } from '../runner/sources.mjs';
import { root } from '../runner/tree.mjs';

const kTests = path.join(root, 'tests');
const kTable = path.join(kTests, 'pitfalls.md');
const kCase =
  /(?:TEST_CASE(?:_METHOD)?\(|^\s*test\()\s*((?:"(?:[^"\\]|\\.)*"\s*)+|'(?:[^'\\]|\\.)*')/gm;
const kNamed = /`([\w./]+\.(?:cc|mjs))`: ("[^"]+"(?:, "[^"]+")*)/g;

const known = new Map();

/// The names of the tests in a file, given from tests/.
function testsOf(file) {
  if (!known.has(file))
    known.set(file, new Set(namesIn(readFileSync(path.join(kTests, file), 'utf8'))));
  return known.get(file);
}

/// A long name may be written as several literals.
function namesIn(source) {
  return [...source.matchAll(kCase)].map(([, literals]) =>
    [...literals.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)]
      .map((part) => part[1] ?? part[2])
      .join(''),
  );
}

function* tableProblems(codes) {
  for (const [index, line] of readFileSync(kTable, 'utf8').split('\n').entries()) {
    const row = /^\| ([CDP]\d+) \|/.exec(line);
    if (!row) continue;
    codes.add(row[1]);
    const at = `tests/pitfalls.md:${index + 1}`;
    const named = [...line.matchAll(kNamed)];
    if (named.length === 0 && !/ later: \w/.test(line))
      yield `${at}: ${row[1]} has neither a test nor a reason`;
    for (const [, file, names] of named) {
      for (const [, name] of names.matchAll(/"([^"]+)"/g)) {
        if (!testsOf(file).has(name)) yield `${at}: ${file} has no test called "${name}"`;
      }
    }
  }
  if (codes.size === 0) yield 'tests/pitfalls.md: has no rows';
}

function* mutantProblems(codes) {
  const files = ['unit', 'sim', 'native', 'gateway'].flatMap((folder) =>
    readdirSync(path.join(kTests, folder), { recursive: true }).map((name) =>
      path.join(folder, name),
    ),
  );
  const all = new Set(
    files.filter((file) => file.endsWith('.cc')).flatMap((file) => [...testsOf(file)]),
  );
  const sources = new Sources(root);
  for (const mutant of Mutant.load()) {
    const at = `tests/mutants/${mutant.name}.mutant`;
    for (const problem of mutant.problems(sources)) yield `${at}: ${problem}`;
    if (mutant.pitfall && !codes.has(mutant.pitfall))
      yield `${at}: tests/pitfalls.md has no row ${mutant.pitfall}`;
    if (mutant.test && !all.has(mutant.test)) yield `${at}: no test is called "${mutant.test}"`;
  }
}

export function* pitfallProblems() {
  const codes = new Set();
  yield* tableProblems(codes);
  yield* mutantProblems(codes);
}
