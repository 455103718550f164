import {
  connect,
  type Connection,
  type IceCandidateErrorEvent,
  type IceServer,
  type IceTransport,
  type WaitingEvent,
} from 'floe';

import type { Phase } from './status_view.js';

export interface DemoSessionOptions {
  tunnel: string;
  signal: string;
  room: string;
  token: string;
  iceServers: IceServer[];
}

export interface DemoSessionEvents {
  phase(phase: Phase, words?: string): void;
  /** A transport exists now; it is not connected yet. */
  transport(transport: IceTransport): void;
  /** A STUN or TURN server gave no candidate. */
  candidateError(event: IceCandidateErrorEvent): void;
  connected(connection: Connection): void;
  /** The connection goes on, over another path and perhaps to another peer. */
  reconnected(connection: Connection): void;
  /** The browser's own WebRTC has a path now, or has lost it. */
  pathChanged(): void;
  failed(error: unknown): void;
}

/** A connection to the device, or to another page, from the first call to the end. */
export class DemoSession {
  readonly #events: DemoSessionEvents;
  readonly #abort = new AbortController();

  constructor(options: DemoSessionOptions, events: DemoSessionEvents) {
    this.#events = events;
    events.phase('gateway');
    void this.#run(options);
  }

  /** Nothing is heard of the session any more. */
  close(): void {
    this.#abort.abort();
  }

  async #run({ tunnel, signal, ...rest }: DemoSessionOptions): Promise<void> {
    try {
      const connection = await connect({
        ...rest,
        gateway: tunnel,
        signaling: signal,
        seeks: 'echo',
        direct: 'prefer',
        signal: this.#abort.signal,
        ontransport: (transport) => this.#onTransport(transport),
        onwaiting: (event) => this.#onWaiting(event),
      });
      this.#watch(connection);
      await connection.closed;
      if (this.#abort.signal.aborted) return;
      if (connection.error) this.#events.failed(connection.error);
      else this.#events.phase('closed', 'The other end said goodbye.');
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#events.failed(error);
    }
  }

  #watch(connection: Connection): void {
    this.#events.connected(connection);
    this.#events.phase('connected', connectedWords(connection));
    connection.onpathchange = () => this.#events.pathChanged();
    connection.onreconnecting = ({ reason }) => this.#tell('disconnected', reason);
    connection.onreconnected = () => {
      this.#events.reconnected(connection);
      this.#tell('connected', connectedWords(connection));
    };
  }

  #onTransport(transport: IceTransport): void {
    if (this.#abort.signal.aborted) return;
    this.#events.transport(transport);
    transport.addEventListener('icecandidateerror', (event) => {
      if (!this.#abort.signal.aborted) this.#events.candidateError(event);
    });
    this.#tell('checking');
  }

  #onWaiting({ code, reason }: WaitingEvent): void {
    this.#tell(code.startsWith('gateway') ? 'gateway' : 'waiting', reason);
  }

  #tell(phase: Phase, words?: string): void {
    if (!this.#abort.signal.aborted) this.#events.phase(phase, words);
  }
}

function connectedWords({ peer: { name } }: Connection): string {
  const other = name === 'page' ? 'another page' : `the ${name}`;
  return `This page and ${other} exchange UDP datagrams.`;
}
