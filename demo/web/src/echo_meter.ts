import type { Connection } from 'floe';

/** A datagram that has not come back after this time counts as lost. */
const lostAfterMs = 2000;
const pingEveryMs = 500;
const numberSize = 4;

export interface EchoCounters {
  sent: number;
  returned: number;
  lost: number;
  bytes: number;
}

interface Pending {
  sentAt: number;
  settle(roundTripMs: number | undefined): void;
}

/**
 * Sends datagrams to a peer that returns them, and measures which came back and when.
 *
 * Each datagram begins with a number of 4 bytes, so that its echo is recognised.
 */
export class EchoMeter {
  readonly counters: EchoCounters = { sent: 0, returned: 0, lost: 0, bytes: 0 };
  onroundtrip: (ms: number) => void = () => {};

  readonly #connection: Connection;
  readonly #pending = new Map<number, Pending>();
  readonly #timer: ReturnType<typeof setInterval>;
  #next = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.addEventListener('datagram', ({ data }) => this.#onDatagram(data));
    this.#timer = setInterval(() => this.#tick(), pingEveryMs);
    void this.#ping();
  }

  stop(): void {
    clearInterval(this.#timer);
    for (const { settle } of this.#pending.values()) settle(undefined);
    this.#pending.clear();
  }

  /** The round trip in milliseconds, or undefined when it was lost or could not be sent. */
  echo(payload: Uint8Array): Promise<number | undefined> {
    const number = this.#next++;
    const datagram = new Uint8Array(numberSize + payload.length);
    new DataView(datagram.buffer).setUint32(0, number);
    datagram.set(payload, numberSize);
    if (!this.#connection.send(datagram)) return Promise.resolve(undefined);
    this.counters.sent++;
    this.counters.bytes += datagram.length;
    return new Promise((settle) => {
      this.#pending.set(number, { sentAt: performance.now(), settle });
    });
  }

  async #ping(): Promise<void> {
    const ms = await this.echo(new Uint8Array(0));
    if (ms !== undefined) this.onroundtrip(ms);
  }

  #tick(): void {
    const oldest = performance.now() - lostAfterMs;
    for (const [number, { sentAt, settle }] of this.#pending) {
      if (sentAt > oldest) break;
      this.#pending.delete(number);
      this.counters.lost++;
      settle(undefined);
    }
    void this.#ping();
  }

  #onDatagram(data: Uint8Array): void {
    this.counters.bytes += data.length;
    if (data.length < numberSize) return;
    const number = new DataView(data.buffer, data.byteOffset).getUint32(0);
    const pending = this.#pending.get(number);
    if (!pending) return;
    this.#pending.delete(number);
    this.counters.returned++;
    pending.settle(performance.now() - pending.sentAt);
  }
}
