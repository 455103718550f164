import type { WebSocketConstructor } from '../engine/web_socket.js';

/** What differs between the entries of the package; the build binds one to each. */
export interface Platform {
  /** The module from where this entry keeps it. */
  loadModule(): Promise<WebAssembly.Module>;
  WebSocket(): WebSocketConstructor | undefined;
  /** Ways to start the Worker, best first; none where the engine runs in this thread. */
  workers(): (() => Worker)[];
}
