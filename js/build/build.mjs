// Builds the package: one ESM bundle for each entry, the Worker's script, the types.
//
//   node build/build.mjs [--wasm FILE]     default: ../build/wasm/floe.wasm, beside the other modules
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import esbuild from 'esbuild';

import { writeNotices } from './notices.mjs';
import { buildTypes } from './types.mjs';
import { scripts, virtualModules } from './virtual_modules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const { values } = parseArgs({ options: { wasm: { type: 'string' } } });
const wasmFile = values.wasm ?? inRoot('../build/wasm/floe.wasm');

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  sourcemap: true,
  // The package has the sources, and the maps name them.
  sourcesContent: false,
  metafile: true,
};

async function buildWorker() {
  const options = {
    ...common,
    entryPoints: ['src/engine/worker_entry.ts'],
    outfile: 'dist/worker.js',
    format: 'iife',
    minify: true,
  };
  await esbuild.build(options);
  const result = await esbuild.build({ ...options, sourcemap: false, write: false });
  return result.outputFiles[0].text;
}

/** `platform` is the binding of src/platform that this entry uses. */
function buildEntry(name, platform, workerSource, options = {}) {
  return esbuild.build({
    ...common,
    entryPoints: { [name]: 'src/index.ts' },
    outdir: 'dist',
    alias: { '#platform': inRoot(`src/platform/${platform}.ts`) },
    plugins: [virtualModules({ workerSource, wasmFile, isWhole: platform === 'inline' })],
    ...options,
  });
}

function buildChannels(name, platform, options) {
  return esbuild.build({
    ...common,
    entryPoints: { [name]: 'src/channels/index.ts' },
    outdir: 'dist',
    alias: { '#channels-platform': inRoot(`src/platform/channels_${platform}.ts`) },
    ...options,
  });
}

/** Builds the scripts; returns esbuild's reports. */
async function buildScripts() {
  const workerSource = await buildWorker();
  const index = await buildEntry('index', 'browser', workerSource, {
    minify: true,
    splitting: true, // the base64 of the module stays in a file of its own, loaded only when needed
    chunkNames: 'floe-wasm-inline',
  });
  const inline = await buildEntry('inline', 'inline', workerSource, { minify: true });
  const sdp = await esbuild.build({
    ...common,
    entryPoints: { sdp: 'src/sdp/index.ts' },
    outdir: 'dist',
    minify: true,
  });
  const node = await buildEntry('node', 'node', workerSource, {
    platform: 'node',
    target: 'node20',
    // npm ws is CommonJS, and loads Node's own modules by require().
    banner: {
      js: [
        "import { createRequire as floeCreateRequire } from 'node:module';",
        'const require = floeCreateRequire(import.meta.url);',
      ].join('\n'),
    },
    external: ['bufferutil', 'utf-8-validate'],
  });
  const direct = await esbuild.build({
    ...common,
    entryPoints: scripts,
    outdir: 'dist',
    plugins: [virtualModules({ workerSource, wasmFile, isWhole: false })],
    minify: true,
  });
  const channels = await buildChannels('channels', 'browser', { minify: true });
  const channelsNode = await buildChannels('channels-node', 'node', {
    platform: 'node',
    target: 'node20',
  });
  const tools = await esbuild.build({
    ...common,
    entryPoints: { tools: 'src/tools/index.ts', 'tool-worker': 'src/tools/tool_worker.ts' },
    outdir: 'dist',
    platform: 'node',
    target: 'node20',
    minify: true,
  });
  return [index, inline, sdp, direct, channels, channelsNode, node, tools];
}

async function main() {
  await rm(inRoot('dist'), { recursive: true, force: true });
  await mkdir(inRoot('dist'), { recursive: true });
  await copyFile(wasmFile, inRoot('dist/floe.wasm'));
  for (const name of ['floe-node.wasm', 'floe-tools.wasm', 'floe-channels.wasm']) {
    await copyFile(join(dirname(wasmFile), name), inRoot(`dist/${name}`));
  }
  await writeNotices(wasmFile, await buildScripts());
  await buildTypes();
  console.log('js/dist is built');
}

await main();
