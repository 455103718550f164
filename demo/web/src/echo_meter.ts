import type { Connection, Gateway } from 'floe';

/** A datagram that has not come back after this time counts as lost. */
const lostAfterMs = 2000;
const pingEveryMs = 500;
/** The kind, the sender's tag, and the number. */
export const headerSize = 9;

export enum Kind {
  measurement,
  text,
}

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
 * Each begins with a tag of this end, by which its echo is recognised. Whatever has another tag is the
 * peer's, which is a page then, and is returned to it.
 */
export class EchoMeter {
  readonly counters: EchoCounters = { sent: 0, returned: 0, lost: 0, bytes: 0 };
  /** A small datagram came back through that gateway (null: without one), or (undefined) was lost. */
  onroundtrip: (ms: number | undefined, gateway: Gateway | null) => void = () => {};
  /** The peer sent a text of its own. */
  onsaid: (text: string) => void = () => {};

  readonly #connection: Connection;
  readonly #tag = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  readonly #pending = new Map<number, Pending>();
  readonly #timer: ReturnType<typeof setInterval>;
  #next = 0;
  #isStopped = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.addEventListener('datagram', ({ data }) => this.#onDatagram(data));
    this.#timer = setInterval(() => this.#tick(), pingEveryMs);
    void this.#ping();
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
    for (const { settle } of this.#pending.values()) settle(undefined);
    this.#pending.clear();
  }

  /** The round trip in milliseconds, or undefined when it was lost or could not be sent. */
  echo(payload: Uint8Array, kind = Kind.measurement): Promise<number | undefined> {
    const number = this.#next++;
    const datagram = new Uint8Array(headerSize + payload.length);
    const header = new DataView(datagram.buffer);
    header.setUint8(0, kind);
    header.setUint32(1, this.#tag);
    header.setUint32(5, number);
    datagram.set(payload, headerSize);
    const sentAt = performance.now();
    if (!this.#connection.send(datagram)) return Promise.resolve(undefined);
    this.counters.sent++;
    this.counters.bytes += datagram.length;
    return new Promise((settle) => this.#pending.set(number, { sentAt, settle }));
  }

  async #ping(): Promise<void> {
    const { transport, path } = this.#connection;
    const gateway = path === 'direct' ? null : transport.gateway;
    const returned = this.echo(new Uint8Array(0));
    gateway?.ping(); // in the same message, so that both are measured alike
    const ms = await returned;
    if (!this.#isStopped) this.onroundtrip(ms, gateway);
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
    if (data.length < headerSize) return;
    const header = new DataView(data.buffer, data.byteOffset);
    if (header.getUint32(1) !== this.#tag) return this.#answer(data);
    this.counters.bytes += data.length;
    const number = header.getUint32(5);
    const pending = this.#pending.get(number);
    if (!pending) return;
    this.#pending.delete(number);
    this.counters.returned++;
    pending.settle(performance.now() - pending.sentAt);
  }

  #answer(data: Uint8Array): void {
    this.#connection.send(data as Uint8Array<ArrayBuffer>);
    if (data[0] === Kind.text) this.onsaid(new TextDecoder().decode(data.subarray(headerSize)));
  }
}
