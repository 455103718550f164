import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The modules of src/platform/virtual.d.ts, as an esbuild plugin. */
export function virtualModules({ workerSource, wasmFile, isWhole }) {
  const contents = {
    '#worker-source': async () => `export default ${JSON.stringify(workerSource)};`,
    '#wasm-inline': async () => wasmInlineSource(await readFile(wasmFile)),
  };
  return {
    name: 'virtual-modules',
    setup(build) {
      // A script of its own, which is loaded when it is needed; an entry without other files has it.
      build.onResolve({ filter: /^#direct$/ }, ({ resolveDir }) =>
        isWhole
          ? { path: join(resolveDir, '../direct/direct.ts') }
          : { path: './direct.js', external: true },
      );
      build.onResolve({ filter: /^#(worker-source|wasm-inline)$/ }, ({ path }) => ({
        path,
        namespace: 'virtual',
      }));
      build.onLoad({ filter: /.*/, namespace: 'virtual' }, async ({ path }) => ({
        contents: await contents[path](),
        loader: 'js',
      }));
    },
  };
}

function wasmInlineSource(wasm) {
  return `const base64 = ${JSON.stringify(wasm.toString('base64'))};
export function bytes() {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
`;
}
