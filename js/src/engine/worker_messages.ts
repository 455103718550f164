import type { LogLevel } from './imports.js';

/** From the page to its Worker: the module once, then batches of commands. */
export type ToWorker = { module: WebAssembly.Module } | Uint8Array<ArrayBuffer>;

/** From the Worker to the page. `loaded` proves that the page's policy let the script run. */
export type FromWorker =
  | ArrayBuffer
  | { loaded: true }
  | { ready: true }
  | { failed: string }
  | { log: [level: LogLevel, area: string, text: string] };
