import { connect, Gateway, SignalingClient, type Connection, type IceTransport } from 'floe';

import type { Phase } from './status_view.js';

export interface DemoSessionOptions {
  tunnel: string;
  signal: string;
  room: string;
  token: string;
}

export interface DemoSessionEvents {
  phase(phase: Phase, words?: string): void;
  /** The transport exists now; it is not connected yet. */
  transport(transport: IceTransport): void;
  connected(connection: Connection): void;
  failed(error: unknown): void;
}

/** One attempt to meet the device, from the first call to the end. */
export class DemoSession {
  readonly gateway: Gateway;
  readonly signaling: SignalingClient;
  readonly #events: DemoSessionEvents;
  readonly #abort = new AbortController();
  #connection: Connection | undefined;

  constructor(options: DemoSessionOptions, events: DemoSessionEvents) {
    const { tunnel, signal, room, token } = options;
    this.#events = events;
    events.phase('gateway');
    this.gateway = new Gateway(tunnel, { token });
    this.signaling = new SignalingClient(signal, { room, token });
    this.signaling.onstatechange = () => this.#onSignaling();
    void this.#run();
  }

  close(): void {
    this.#abort.abort();
    this.#connection?.close('the page said goodbye');
    this.signaling.close();
    this.gateway.close();
  }

  async #run(): Promise<void> {
    try {
      this.#connection = await connect({
        gateway: this.gateway,
        signal: this.signaling,
        abort: this.#abort.signal,
        ontransport: (transport) => this.#onTransport(transport),
      });
      this.#events.connected(this.#connection);
      await this.#connection.closed;
      const { error } = this.#connection.transport;
      if (this.#abort.signal.aborted) return;
      if (error) this.#events.failed(error);
      else this.#events.phase('closed', 'The device said goodbye.');
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#events.failed(error);
    } finally {
      this.signaling.close();
      this.gateway.close();
    }
  }

  #onTransport(transport: IceTransport): void {
    this.#events.transport(transport);
    this.#events.phase('checking');
    transport.addEventListener('statechange', () => {
      const { state } = transport;
      if (state === 'connected' || state === 'completed') this.#events.phase('connected');
      if (state === 'disconnected' || state === 'checking') this.#events.phase(state);
      if (state === 'failed') this.#events.phase('failed', transport.explanation);
    });
  }

  #onSignaling(): void {
    const { state, peers } = this.signaling;
    if (this.#connection) return;
    if (state === 'joined' && peers.length === 0) this.#events.phase('waiting');
    if (state === 'waiting') {
      this.#events.phase('gateway', 'The signalling server does not answer. Trying again.');
    }
  }
}
