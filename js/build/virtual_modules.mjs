import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const inSource = (path) => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

export const scripts = {
  direct: inSource('direct/direct.ts'),
  'local-network': inSource('front/local_network.ts'),
  'rtc-transport': inSource('direct/rtc_transport_end.ts'),
};

/** The modules of src/platform/virtual.d.ts, as an esbuild plugin. */
export function virtualModules({ workerSource, wasmFile, isWhole }) {
  const contents = {
    '#worker-source': async () => `export default ${JSON.stringify(workerSource)};`,
    '#wasm-inline': async () => wasmInlineSource(await readFile(wasmFile)),
  };
  return {
    name: 'virtual-modules',
    setup(build) {
      // Scripts of their own, which are loaded when they are needed; an entry without other files has them.
      for (const [name, source] of Object.entries(scripts)) {
        build.onResolve({ filter: new RegExp(`^#${name}$`) }, () =>
          isWhole ? { path: source } : { path: `./${name}.js`, external: true },
        );
      }
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
