import { connect, type Connection, type IceTransport, type WaitingEvent } from 'floe';

import type { Phase } from './status_view.js';

export interface DemoSessionOptions {
  tunnel: string;
  signal: string;
  room: string;
  token: string;
}

export interface DemoSessionEvents {
  phase(phase: Phase, words?: string): void;
  /** A transport exists now; it is not connected yet. */
  transport(transport: IceTransport): void;
  connected(connection: Connection): void;
  failed(error: unknown): void;
}

/** A connection to the device, from the first call to the end. */
export class DemoSession {
  readonly #events: DemoSessionEvents;
  readonly #abort = new AbortController();

  constructor(options: DemoSessionOptions, events: DemoSessionEvents) {
    this.#events = events;
    events.phase('gateway');
    void this.#run(options);
  }

  close(): void {
    this.#abort.abort();
  }

  async #run({ tunnel, signal, room, token }: DemoSessionOptions): Promise<void> {
    try {
      const connection = await connect({
        gateway: tunnel,
        signaling: signal,
        room,
        token,
        signal: this.#abort.signal,
        ontransport: (transport) => this.#onTransport(transport),
        onwaiting: (event) => this.#onWaiting(event),
      });
      this.#watch(connection);
      await connection.closed;
      if (this.#abort.signal.aborted) return;
      if (connection.error) this.#events.failed(connection.error);
      else this.#events.phase('closed', 'The device said goodbye.');
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#events.failed(error);
    }
  }

  #watch(connection: Connection): void {
    this.#events.connected(connection);
    this.#events.phase('connected');
    connection.onreconnecting = ({ reason }) => this.#events.phase('disconnected', reason);
    connection.onreconnected = () => this.#events.phase('connected');
  }

  #onTransport(transport: IceTransport): void {
    this.#events.transport(transport);
    this.#events.phase('checking');
  }

  #onWaiting({ code, reason }: WaitingEvent): void {
    this.#events.phase(code.startsWith('gateway') ? 'gateway' : 'waiting', reason);
  }
}
