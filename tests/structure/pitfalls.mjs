// tests/pitfalls.md and tests/mutants name tests: each must be there, in the file that is named.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../runner/tree.mjs';

const kTests = path.join(root, 'tests');
const kTable = path.join(kTests, 'pitfalls.md');
const kMutants = path.join(kTests, 'mutants');
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

/// The texts that a patch expects, as [file, lines].
function* expectedTexts(patch) {
  const [, ...files] = patch.split(/^--- a\//m);
  for (const part of files) {
    const file = part.slice(0, part.indexOf('\n'));
    for (const hunk of part.split(/^@@ .*\n/m).slice(1)) {
      const old = hunk.split('\n').filter((line) => /^[ -]/.test(line));
      yield [file, old.map((line) => line.slice(1)).join('\n')];
    }
  }
}

/// A patch of code that moved could break the code elsewhere than it says.
function* placeProblems(name, patch) {
  for (const [file, text] of expectedTexts(patch)) {
    if (!existsSync(path.join(kTests, '..', file))) yield `tests/mutants/${name}: there is no ${file}`;
    else if (!readFileSync(path.join(kTests, '..', file), 'utf8').includes(text)) {
      yield `tests/mutants/${name}: ${file} no longer has the lines that it changes`;
    }
  }
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
  for (const file of readdirSync(kMutants)) {
    const patch = readFileSync(path.join(kMutants, file), 'utf8');
    yield* placeProblems(file, patch);
    const kill = /^# killed by: \w+ "(.+)"$/m.exec(patch);
    if (kill && !all.has(kill[1])) yield `tests/mutants/${file}: no test is called "${kill[1]}"`;
  }
}

export function* pitfallProblems() {
  yield* tableProblems();
  yield* mutantProblems();
}
