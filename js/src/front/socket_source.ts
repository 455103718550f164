import type { FloeError } from '../floe_error.js';
import type { EngineHandle } from './engine_handle.js';

/** What gives a transport its sockets: a gateway, or the system under this runtime. */
export interface SocketSource {
  readonly engine: EngineHandle;
  /** The longest datagram that it passes on, in bytes. */
  readonly maxDatagramSize: number;
  /** Resolves when it gives no sockets any more. */
  readonly closed: Promise<unknown>;
  /** Why it closed, unless close() did it. */
  readonly error: FloeError | undefined;
  close(): void;
}

export interface SystemNetworkOptions {
  /** Exactly these addresses. Default: those of all interfaces but loopback and link-local. */
  addresses?: readonly string[] | undefined;
  /** Also the loopback address, as the last one. */
  loopback?: boolean | undefined;
}
