// core/README.md shows the table of modules as it is. `node tests/structure/module_map.mjs` writes
// it there.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { root } from '../runner/tree.mjs';
import { Modules } from './modules.mjs';
import { workTree } from './source_tree.mjs';

const kPage = 'core/README.md';
const kMap = /(\| Module \| .*\n\| --- .*\n)((?:\|.*\n)*)/;

function row({ name, folder, uses, is }) {
  const link = path.posix.relative(path.posix.dirname(kPage), folder);
  return `| [\`${name}\`](${link}) | ${is} | ${uses.join(', ')} |\n`;
}

const mapOf = (modules) => modules.all.map(row).join('');

export function* moduleMapProblems(tree, modules) {
  if (kMap.exec(tree.text(kPage))?.[2] !== mapOf(modules)) {
    yield `${kPage}: does not show cmake/modules.json as it is; run \`node tests/structure/module_map.mjs\``;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const page = path.join(root, kPage);
  const map = mapOf(new Modules(workTree()));
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(kMap, (_, head) => head + map),
  );
}
