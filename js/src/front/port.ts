import type { LogFunction, RandomFunction } from '../engine/imports.js';
import type { WebSocketConstructor } from '../engine/web_socket.js';

/** The way to an engine, in this thread or in a Worker; the rest of the package sees only this. */
export interface Port {
  /** Takes the batch over. */
  post(batch: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

export interface PortEvents {
  batch(batch: ArrayBuffer): void;
  /** The engine is lost, once. */
  failed(error: unknown): void;
}

export interface PortOptions {
  /** Instead of the platform's; the engine then runs in this thread. */
  WebSocket?: WebSocketConstructor | undefined;
  /** Instead of the platform's; the engine then runs in this thread. */
  random?: RandomFunction | undefined;
  /** Hears what the engine has to say to people. */
  log?: LogFunction | undefined;
}
