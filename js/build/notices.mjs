import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const name = 'THIRD_PARTY_NOTICES.txt';

/**
 * Writes the licences of all that the package contains of others: the libraries in the modules, which
 * CMake has written beside them, and what the bundler took from node_modules.
 */
export async function writeNotices(wasmFile, bundles) {
  const modules = await read(
    join(dirname(wasmFile), name),
    'Configure the build of the modules, which writes it: cmake --preset wasm',
  );
  const scripts = await Promise.all(bundledPackages(bundles).map(noticeOf));
  await writeFile(inRoot(`dist/${name}`), [modules.trimEnd(), ...scripts, ''].join('\n\n\n'));
}

/** The names of the packages that have files in the bundles, by esbuild's reports. */
function bundledPackages(bundles) {
  const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const names = inputs.map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

async function noticeOf(packageName) {
  const line = '='.repeat(100);
  const licence = await read(
    inRoot(`node_modules/${packageName}/LICENSE`),
    'See where the package has its licence, and let js/build/notices.mjs read that.',
  );
  return [line, packageName, line, '', licence.trim()].join('\n');
}

async function read(path, advice) {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new Error(`A licence is missing: there is no ${path}. ${advice}`);
  }
}
