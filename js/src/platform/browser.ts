import type { WebSocketConstructor } from '../engine/web_socket.js';
import { compile } from './compile.js';
import { pageWorkers } from './page_workers.js';
import type { Platform } from './platform.js';

/**
 * The default entry: the module is a file beside this one. Some bundlers do not copy the file
 * (esbuild, Rollup, the dependency optimiser of Vite before 8); then a script that contains it is
 * loaded.
 */
export const platform: Platform = {
  async loadModule() {
    try {
      return await compile(fetch(new URL('./floe.wasm', import.meta.url)));
    } catch (error) {
      if (error instanceof WebAssembly.CompileError && isPolicy(error)) throw error;
      const { bytes } = await import('#wasm-inline');
      return compile(bytes());
    }
  },
  WebSocket: () => globalThis.WebSocket as WebSocketConstructor | undefined,
  workers: () =>
    pageWorkers([() => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })]),
};

/** A content security policy without 'wasm-unsafe-eval' forbids the module from any source. */
function isPolicy(error: Error): boolean {
  return error.message.includes('Content Security Policy');
}
