import type { WebSocketConstructor } from '../engine/web_socket.js';

/** The parts that differ between the entries of the package; the build binds one to each entry. */
export interface Platform {
  /** Loads the module from the place where this entry keeps it. */
  loadModule(): Promise<WebAssembly.Module>;
  WebSocket(): WebSocketConstructor | undefined;
  /** Ways to start the Worker, best first; none where the engine runs in this thread. */
  workers(): (() => Worker)[];
}
