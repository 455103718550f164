import type { WebSocketConstructor } from '../engine/web_socket.js';
import { compile } from './compile.js';
import { pageWorkers } from './page_workers.js';
import type { Platform } from './platform.js';

/**
 * The default entry: the module is a file beside this one. Where a bundler did not bring the file
 * along (esbuild, Rollup, the dependency optimiser of Vite before 8) a script that holds it does.
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

/** A content security policy without 'wasm-unsafe-eval' forbids the same bytes from anywhere. */
function isPolicy(error: Error): boolean {
  return error.message.includes('Content Security Policy');
}
