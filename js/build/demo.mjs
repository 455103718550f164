// Builds the page of the demo into demo/web/dist, and puts demo/direct beside it; the package must have
// been built.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import esbuild from 'esbuild';

const inTree = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

await rm(inTree('demo/web/dist'), { recursive: true, force: true });
await mkdir(inTree('demo/web/dist'), { recursive: true });
execFileSync(inTree('js/node_modules/typescript/bin/tsc'), ['-p', inTree('demo/web')], {
  stdio: 'inherit',
});
await esbuild.build({
  absWorkingDir: inTree('demo/web'),
  entryPoints: ['src/main.ts', 'src/style.css'],
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  splitting: true,
  minify: true,
  sourcemap: true,
  target: 'es2022',
  logLevel: 'warning',
  alias: { floe: inTree('js/dist/index.js') },
  nodePaths: [inTree('js/node_modules')],
});
for (const file of ['index.html', 'favicon.svg']) {
  await copyFile(inTree(`demo/web/src/${file}`), inTree(`demo/web/dist/${file}`));
}
await mkdir(inTree('demo/web/dist/direct'));
await copyFile(inTree('demo/direct/index.html'), inTree('demo/web/dist/direct/index.html'));
for (const file of ['floe.wasm', 'worker.js']) {
  await copyFile(inTree(`js/dist/${file}`), inTree(`demo/web/dist/${file}`));
}
// What the page has of others, with their licence.
await copyFile(
  inTree('js/node_modules/lean-qr/LICENSE'),
  inTree('demo/web/dist/LICENSE.lean-qr.txt'),
);
console.log('demo/web/dist is built');
