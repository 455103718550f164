// Every program that README.md shows is a file of the tree, shown exactly: `<!-- path -->` and then
// the fence. `node tests/structure/readme.mjs` copies the files into it.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { root } from '../runner/tree.mjs';

const kShown = /(<!-- (\S+) -->\n```\w+\n)([\s\S]*?)(```\n)/g;
const kReadme = path.join(root, 'README.md');

const file = (name) => readFileSync(path.join(root, name), 'utf8');

export function* readmeProblems() {
  const text = readFileSync(kReadme, 'utf8');
  const shown = [...text.matchAll(kShown)];
  if (shown.length === 0) yield 'README.md: shows no program';
  for (const [, , name, program] of shown) {
    if (program !== file(name)) yield `README.md: does not show ${name} as it is`;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = readFileSync(kReadme, 'utf8');
  writeFileSync(
    kReadme,
    text.replace(kShown, (_, head, name, __, tail) => head + file(name) + tail),
  );
}
