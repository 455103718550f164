import { FloeError } from './floe_error.js';

/** What a stream of datagrams needs of its transport. */
export interface DatagramCarrier {
  maxDatagramSize(): number;
  send(data: Uint8Array): boolean;
  /** Resolves when send() may do better than it just did; rejects when it never will. */
  whenWritable(): Promise<void>;
}

/**
 * Datagrams as streams, as in WebTransport.
 *
 * Unreliable, as datagrams are: of those that nobody reads the oldest give way to new ones, and one
 * that is too long to send is dropped. Both are counted.
 */
export class DatagramDuplexStream {
  /** Received datagrams that wait to be read, at most. */
  incomingMaxBufferedDatagrams = 256;

  readonly #carrier: DatagramCarrier;
  readonly #waiting: Uint8Array<ArrayBuffer>[] = [];
  #readable: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  #writable: WritableStream<BufferSource> | undefined;
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  #wanted = false;
  #incomingDropped = 0;
  #outgoingDropped = 0;
  #ended = false;
  #error: FloeError | undefined;

  /** @internal */
  constructor(carrier: DatagramCarrier) {
    this.#carrier = carrier;
  }

  /** The longest datagram that can be sent, in bytes; 0 while nothing can. */
  get maxDatagramSize(): number {
    return this.#carrier.maxDatagramSize();
  }

  /** Received, and dropped because nobody read them. */
  get incomingDropped(): number {
    return this.#incomingDropped;
  }

  /** Written, and dropped because they were too long. */
  get outgoingDropped(): number {
    return this.#outgoingDropped;
  }

  get readable(): ReadableStream<Uint8Array<ArrayBuffer>> {
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

  /** A write waits for the transport to be connected and to have room. */
  get writable(): WritableStream<BufferSource> {
    this.#writable ??= new WritableStream({ write: (chunk) => this.#write(chunk) });
    return this.#writable;
  }

  /** @internal Whether somebody took the readable side. */
  get isRead(): boolean {
    return this.#readable !== undefined;
  }

  /** @internal */
  push(datagram: Uint8Array<ArrayBuffer>): void {
    this.#waiting.push(datagram);
    while (this.#waiting.length > this.incomingMaxBufferedDatagrams) {
      this.#waiting.shift();
      this.#incomingDropped++;
    }
    this.#feed();
  }

  /** @internal The transport is gone. */
  end(error?: FloeError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#finishReadable();
  }

  /** Hands over one datagram for each that the reader asked for, so the rest can still give way. */
  #feed(): void {
    if (!this.#wanted || !this.#controller) return;
    const datagram = this.#waiting.shift();
    if (!datagram) return;
    this.#wanted = false;
    this.#controller.enqueue(datagram);
  }

  #finishReadable(): void {
    if (!this.#controller) return;
    if (this.#error) this.#controller.error(this.#error);
    else this.#controller.close();
    this.#controller = undefined;
  }

  async #write(chunk: BufferSource): Promise<void> {
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
export function bytesOf(source: BufferSource): Uint8Array {
  if (source instanceof Uint8Array) return source;
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  }
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  throw new FloeError('SyntaxError', 'not-bytes', 'A datagram is an ArrayBuffer or a view of one.');
}
