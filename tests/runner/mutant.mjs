// A mutant: code that is broken on purpose, and the test that has to notice it.
// tests/mutants/README.md describes the files.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inTree } from './tree.mjs';

const kFolder = inTree('tests', 'mutants');
const kEnding = '.mutant';

/// The programs floe_<it>_tests that may be named.
export const mutantPrograms = [
  ...['unit', 'json', 'mdns', 'peer', 'driver', 'signal', 'sdp', 'sim'],
  ...['tunnel', 'turn_server', 'consent', 'dtls', 'channels', 'token', 'whip', 'native', 'gateway'],
];

/// The lines below `expression:` and `replacement:` are indented, all others are not.
function readChanges(text) {
  const blocks = [...text.matchAll(/^(expression|replacement):\n((?:[ \t]+.*\n|\n)*)/gm)];
  const changes = [];
  for (const [, kind, body] of blocks) {
    const code = body.replace(/^ {2}/gm, '').trimEnd();
    if (kind === 'expression') changes.push({ expression: code });
    else if (changes.length > 0) changes.at(-1).replacement = code;
  }
  return changes;
}

export class Mutant {
  constructor(name, text) {
    this.name = name;
    this.pitfall = /^pitfall: (\w+)$/m.exec(text)?.[1];
    [, this.program, this.test] = /^killed by: (\w+) "(.+)"$/m.exec(text) ?? [];
    this.changes = readChanges(text);
  }

  /// All of them, or one by its name.
  static load(name) {
    const files = readdirSync(kFolder).filter((file) => file.endsWith(kEnding));
    const wanted = name === undefined ? files : files.filter((file) => file === name + kEnding);
    return wanted.map((file) => {
      const text = readFileSync(path.join(kFolder, file), 'utf8');
      return new Mutant(file.slice(0, -kEnding.length), text);
    });
  }

  /// The reasons why it cannot be applied, a sentence each.
  problems(sources) {
    const problems = [];
    const isKnown = mutantPrograms.includes(this.program);
    if (!isKnown) problems.push('does not say which test it is killed by');
    if (this.changes.length === 0) problems.push('has no expression');
    for (const { expression, replacement } of this.changes) {
      if (!expression) {
        problems.push('has an empty expression');
        continue;
      }
      if (replacement === undefined) problems.push(`has no replacement for \`${expression}\``);
      const count = sources.find(expression).length;
      if (count === 0) problems.push(`\`${expression}\` is not found`);
      if (count > 1) problems.push(`\`${expression}\` is found ${count} times`);
    }
    return problems;
  }

  /// Where its first expression is, as {file, start, end}.
  place(sources) {
    return sources.find(this.changes[0].expression)[0];
  }

  /// The files that it changes, as a map from each to its new text.
  apply(sources) {
    const edits = this.changes
      .map(({ expression, replacement }) => ({ ...sources.find(expression)[0], replacement }))
      .sort((a, b) => b.start - a.start);
    const texts = new Map();
    for (const { file, start, end, replacement } of edits) {
      const text = texts.get(file) ?? sources.text(file);
      texts.set(file, text.slice(0, start) + replacement + text.slice(end));
    }
    return texts;
  }
}
