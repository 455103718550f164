import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { generateDtsBundle } from 'dts-bundle-generator';

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The files in dist, and the sources whose exports they declare. */
const entries = {
  'index.d.ts': 'index',
  'sdp.d.ts': 'sdp/index',
  'channels.d.ts': 'channels/index',
};

/**
 * Checks the sources, and writes one file of types for each entry: with what the entry exports and
 * what that needs. The files of the engine and of Node stay out, and so does what is `@internal`.
 */
export async function buildTypes() {
  await rm(inRoot('../build/js-types'), { recursive: true, force: true });
  execFileSync(inRoot('node_modules/typescript/bin/tsc'), ['-p', inRoot('.')], {
    stdio: 'inherit',
  });
  const bundles = generateDtsBundle(
    Object.values(entries).map((source) => ({
      filePath: inRoot(`../build/js-types/${source}.d.ts`),
      output: { noBanner: true, exportReferencedTypes: false },
    })),
    { preferredConfigPath: inRoot('tsconfig.json') },
  );
  for (const [index, file] of Object.keys(entries).entries()) {
    await writeFile(inRoot(`dist/${file}`), bundles[index]);
  }
}
