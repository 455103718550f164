import { readFile } from 'node:fs/promises';

import { WebSocket as NpmWebSocket } from 'ws';

import type { WebSocketConstructor } from '../engine/web_socket.js';
import { SystemNetwork } from '../system/system_network.js';
import { compile } from './compile.js';
import type { Platform } from './platform.js';

/**
 * Node 20 has no WebSocket, so this entry uses npm `ws` with every version. Compression is off: STUN
 * and encrypted data do not shrink, and each connection would keep compression state.
 */
class NodeWebSocket extends NpmWebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, protocols, { perMessageDeflate: false });
  }
}

export const platform: Platform = {
  loadModule: async () => compile(await readFile(new URL('./floe-node.wasm', import.meta.url))),
  WebSocket: () => NodeWebSocket as unknown as WebSocketConstructor,
  workers: () => [],
  openNetwork: (link, options) => new SystemNetwork(link, options),
};
