// What a program that was linked with the shared library before relies on: the functions that it
// exports, and the layout of the structures and the numbers in its headers. abi.txt keeps it.
//
//   node tests/install/abi.mjs PREFIX >tests/install/abi.txt     after something was added
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { must } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';

const kKept = inTree('tests', 'install', 'abi.txt');

/** Throws when something is gone or has changed, and when something new is not kept yet. */
export async function checkAbi(prefix) {
  const now = await abiOf(prefix);
  const kept = readFileSync(kKept, 'utf8').trim().split('\n');
  const gone = kept.filter((line) => !now.includes(line) && !hasGrown(line, now));
  const fresh = now.filter((line) => !kept.includes(line));
  const problems = [];
  if (gone.length > 0) problems.push(`programs that were linked before break: ${gone.join('; ')}`);
  if (fresh.length > 0) problems.push(`add to tests/install/abi.txt: ${fresh.join('; ')}`);
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

/** A structure that begins with its size may have new members at its end. */
function hasGrown(line, now) {
  const [, name, size] = /^struct (\w+) (\d+)$/.exec(line) ?? [];
  if (!name || !now.some((other) => other.startsWith(`member ${name}.size 0 `))) return false;
  const grown = now.find((other) => other.startsWith(`struct ${name} `));
  return grown !== undefined && Number(grown.split(' ')[2]) > Number(size);
}

async function abiOf(prefix) {
  const library = path.join(prefix, 'lib', 'libfloe.so');
  const dynamic = await must(['readelf', '-d', library]);
  const symbols = await must(['nm', '-D', '--defined-only', library]);
  return [
    `soname ${/SONAME.*\[(.*)\]/.exec(dynamic)?.[1]}`,
    ...[...symbols.matchAll(/^\S+ [^A] (\S+)$/gm)].map(([, name]) => `function ${name}`).sort(),
    ...(await layoutOf(path.join(prefix, 'include'))),
  ];
}

/** Asks the compiler, by a program that prints what the headers declare. */
async function layoutOf(include) {
  const folder = mkdtempSync(path.join(tmpdir(), 'floe-abi-'));
  try {
    const source = path.join(folder, 'layout.c');
    const program = path.join(folder, 'layout');
    writeFileSync(source, layoutProgram(declarationsIn(include)));
    await must(['cc', '-std=c11', '-I', include, source, '-o', program]);
    return (await must([program])).trim().split('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function declarationsIn(include) {
  const parts = readdirSync(path.join(include, 'floe', 'c')).sort();
  const names = [...parts.map((name) => `c/${name}`), 'floe.h', 'floe_native.h'];
  const texts = names.map((name) => readFileSync(path.join(include, 'floe', name), 'utf8'));
  return texts.join('\n').replace(/\/\/.*$/gm, '');
}

function layoutProgram(declarations) {
  const lines = [];
  for (const [, body] of declarations.matchAll(/typedef enum \w+ \{([^}]*)\}/g)) {
    for (const [, name] of body.matchAll(/(FLOE_\w+) =/g))
      lines.push(`printf("constant ${name} %d\\n", (int)${name});`);
  }
  for (const [, name, body] of declarations.matchAll(/typedef struct (\w+) \{(.*?)\n\} \1;/gs)) {
    lines.push(`printf("struct ${name} %zu\\n", sizeof(${name}));`);
    for (const member of membersOf(body)) {
      const place = `offsetof(${name}, ${member}), sizeof(((${name}*)0)->${member})`;
      lines.push(`printf("member ${name}.${member} %zu %zu\\n", ${place});`);
    }
  }
  return `#include <floe/floe.h>
#include <floe/floe_native.h>
#include <stdio.h>
int main(void) {
${lines.join('\n')}
return 0;
}
`;
}

/** The members of a union without a name are members of the structure around it. */
function membersOf(body) {
  const statements = body.replace(/union \{|\}/g, ';').split(';');
  return statements.flatMap((statement) => {
    const text = statement.trim();
    const name = /\(\*(\w+)\)\(/.exec(text) ?? /(\w+)(\[\w+\])?$/.exec(text);
    return name ? [name[1]] : [];
  });
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.stdout.write(`${(await abiOf(process.argv[2])).join('\n')}\n`);
