import type { BytesLike, OwnBytes } from './bytes.js';
import { FloeTypeError, type FloeError } from './floe_error.js';

/** The functions of a transport that a stream of datagrams needs. */
export interface DatagramCarrier {
  maxDatagramSize(): number;
  send(data: Uint8Array): boolean;
  /** Resolves when send() may succeed again; rejects when it never will. */
  whenWritable(): Promise<void>;
}

/** A datagram that was received, and the component that it came on. */
export interface ReceivedDatagram {
  readonly data: OwnBytes;
  readonly component: number;
}

/**
 * Datagrams as streams, as in WebTransport.
 *
 * Unreliable, as datagrams are: when received datagrams are not read, the oldest are dropped for new
 * ones. A datagram that is too long to send is dropped. Both are counted.
 */
export class DatagramDuplexStream {
  /** The most received datagrams that wait to be read. */
  incomingMaxBufferedDatagrams = 256;

  readonly #carrier: DatagramCarrier;
  readonly #waiting: ReceivedDatagram[] = [];
  #readable: ReadableStream<OwnBytes> | undefined;
  #writable: WritableStream<BytesLike> | undefined;
  #controller: ReadableStreamDefaultController<OwnBytes> | undefined;
  #wanted = false;
  #incomingDropped = 0;
  #outgoingDropped = 0;
  #ended = false;
  #error: FloeError | undefined;

  /** @internal */
  constructor(carrier: DatagramCarrier) {
    this.#carrier = carrier;
  }

  /** The longest datagram that can be sent, in bytes; 0 while none can be sent. */
  get maxDatagramSize(): number {
    return this.#carrier.maxDatagramSize();
  }

  /** The number of received datagrams that were dropped because they were not read in time. */
  get incomingDropped(): number {
    return this.#incomingDropped;
  }

  /** The number of written datagrams that were dropped because they were too long. */
  get outgoingDropped(): number {
    return this.#outgoingDropped;
  }

  get readable(): ReadableStream<OwnBytes> {
    this.#readable ??= new ReadableStream(
      {
        start: (controller) => {
          this.#controller = controller;
          if (this.#ended) this.#finishReadable();
        },
        pull: () => {
          this.#wanted = true;
          this.#feed();
        },
        cancel: () => {
          this.#controller = undefined;
        },
      },
      { highWaterMark: 0 },
    );
    return this.#readable;
  }

  /** A write waits until the transport is connected and has room. */
  get writable(): WritableStream<BytesLike> {
    this.#writable ??= new WritableStream({ write: (chunk) => this.#write(chunk) });
    return this.#writable;
  }

  /** @internal Keeps a datagram for a reader, unless only listeners want it. */
  receive(datagram: ReceivedDatagram, isListenedTo: boolean): void {
    if (isListenedTo && !this.#readable) return;
    this.#waiting.push(datagram);
    while (this.#waiting.length > this.incomingMaxBufferedDatagrams) {
      this.#waiting.shift();
      this.#incomingDropped++;
    }
    this.#feed();
  }

  /** @internal The datagrams that came before anybody wanted them, for the first listener. */
  takeUnread(): ReceivedDatagram[] {
    return this.#readable ? [] : this.#waiting.splice(0);
  }

  /** @internal The transport is gone. */
  end(error?: FloeError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#finishReadable();
  }

  /** Hands over one datagram for each request of the reader, so that the rest can still be dropped. */
  #feed(): void {
    if (!this.#wanted || !this.#controller) return;
    const datagram = this.#waiting.shift();
    if (!datagram) return;
    this.#wanted = false;
    this.#controller.enqueue(datagram.data);
  }

  #finishReadable(): void {
    if (!this.#controller) return;
    if (this.#error) this.#controller.error(this.#error);
    else this.#controller.close();
    this.#controller = undefined;
  }

  async #write(chunk: BytesLike): Promise<void> {
    const data = bytesOf(chunk);
    while (!this.#carrier.send(data)) {
      const max = this.maxDatagramSize;
      if (max > 0 && data.length > max) {
        this.#outgoingDropped++;
        return;
      }
      await this.#carrier.whenWritable();
    }
  }
}

/** The bytes of any buffer source, not copied. */
export function bytesOf(source: BytesLike): Uint8Array {
  if (source instanceof Uint8Array) return source;
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  }
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  throw new FloeTypeError('not-bytes', 'A datagram is an ArrayBuffer or a view of one.');
}
