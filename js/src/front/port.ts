import type { LogFunction, RandomFunction } from '../engine/imports.js';
import type { WebSocketConstructor } from '../engine/web_socket.js';

/** The way to an engine, in this thread or in a Worker; the rest of the package sees only this. */
export interface Port {
  /** Takes ownership of `batch`. */
  post(batch: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

export interface PortEvents {
  batch(batch: ArrayBuffer): void;
  /** The engine is lost; called once. */
  failed(error: unknown): void;
}

export interface PortOptions {
  /** Replaces the platform's WebSocket; the engine then runs in this thread. */
  WebSocket?: WebSocketConstructor | undefined;
  /** Replaces the platform's random source; the engine then runs in this thread. */
  random?: RandomFunction | undefined;
  /** Called with the log lines of the engine, which are for people. */
  log?: LogFunction | undefined;
}
