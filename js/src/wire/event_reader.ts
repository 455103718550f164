import { recordHeaderSize } from './record_kind.js';

const decoder = new TextDecoder();

export interface EventRecord {
  handle: number;
  kind: number;
  extra: number;
}

/** An IP address and a port. */
export interface TransportAddress {
  address: string;
  port: number;
}

/**
 * Walks the records of one batch of events, and reads the fields of the current one.
 *
 * The batch comes from our own module, so a field that is not there is a defect: DataView throws.
 */
export class EventReader {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  readonly #record: EventRecord = { handle: 0, kind: 0, extra: 0 };
  #offset = 0;
  #end = 0;

  constructor(batch: ArrayBuffer) {
    this.#bytes = new Uint8Array(batch);
    this.#view = new DataView(batch);
  }

  /** The next record, in an object that is used again; undefined at the end. */
  next(): EventRecord | undefined {
    const at = this.#end;
    if (at >= this.#bytes.length) return undefined;
    this.#offset = at + recordHeaderSize;
    this.#end = this.#offset + this.#view.getUint32(at);
    this.#record.handle = this.#view.getUint32(at + 4);
    this.#record.kind = this.#view.getUint16(at + 8);
    this.#record.extra = this.#view.getUint16(at + 10);
    return this.#record;
  }

  u8(): number {
    return this.#view.getUint8(this.#skip(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#skip(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#skip(4));
  }

  text(): string {
    const size = this.u32();
    const at = this.#skip(size);
    return decoder.decode(this.#bytes.subarray(at, at + size));
  }

  address(): TransportAddress {
    const family = this.u8();
    const size = family === 4 ? 4 : 16;
    const at = this.#skip(size);
    const bytes = this.#bytes.subarray(at, at + size);
    return { address: family === 4 ? bytes.join('.') : ipv6Text(bytes), port: this.u16() };
  }

  /**
   * The rest of the record, in a buffer of its own. A view of the batch would not do: when the
   * application transfers its buffer to another thread, the other records would be lost, too.
   */
  rest(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(this.#offset, this.#end);
  }

  /** The rest of the record, as a text. */
  restText(): string {
    return decoder.decode(this.view());
  }

  /** The rest of the record, as a view of the batch. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(this.#offset, this.#end);
  }

  #skip(size: number): number {
    const at = this.#offset;
    this.#offset += size;
    return at;
  }
}

/** As RFC 5952 writes it, and as the URL parser does. */
function ipv6Text(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const groups = Array.from({ length: 8 }, (_, i) => view.getUint16(2 * i).toString(16));
  return new URL(`ws://[${groups.join(':')}]`).hostname.slice(1, -1);
}
