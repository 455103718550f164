import type { WebSocketConstructor } from '../engine/web_socket.js';
import type { EngineLink } from '../front/engine_link.js';
import type { SocketSource, SystemNetworkOptions } from '../front/socket_source.js';

/** The parts that differ between the entries of the package; the build binds one to each entry. */
export interface Platform {
  /** Loads the module from the place where this entry keeps it. */
  loadModule(): Promise<WebAssembly.Module>;
  WebSocket(): WebSocketConstructor | undefined;
  /** Ways to start the Worker, best first; none where the engine runs in this thread. */
  workers(): (() => Worker)[];
  /** The sockets of the system, where this runtime gives them to scripts. */
  openNetwork?(link: EngineLink, options: SystemNetworkOptions): SocketSource;
}
