import { bytes } from '#wasm-inline';

import type { WebSocketConstructor } from '../engine/web_socket.js';
import { compile } from './compile.js';
import { pageWorkers } from './page_workers.js';
import type { Platform } from './platform.js';

/** The entry floe/inline: one script that needs no other file. */
export const platform: Platform = {
  loadModule: () => compile(bytes()),
  WebSocket: () => globalThis.WebSocket as WebSocketConstructor | undefined,
  workers: () => pageWorkers([]),
};
