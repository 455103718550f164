// Every program that a README shows is a file of the tree, shown exactly: `<!-- path -->` and then
// the fence. `node tests/structure/readme.mjs` copies the files into them.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { root } from '../runner/tree.mjs';

const kShown = /(<!-- (\S+) -->\n```\w+\n)([\s\S]*?)(```\n)/g;
const kReadmes = ['README.md', 'js/README.md', 'demo/gateway/OPERATING.md'];

const file = (name) => readFileSync(path.join(root, name), 'utf8');

export function* readmeProblems() {
  for (const readme of kReadmes) {
    const shown = [...file(readme).matchAll(kShown)];
    if (shown.length === 0) yield `${readme}: shows no program`;
    for (const [, , name, program] of shown) {
      if (program !== file(name)) yield `${readme}: does not show ${name} as it is`;
    }
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const readme of kReadmes)
    writeFileSync(
      path.join(root, readme),
      file(readme).replace(kShown, (_, head, name, __, tail) => head + file(name) + tail),
    );
}
