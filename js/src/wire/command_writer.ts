import type { ChannelCommand } from './channel_record_kind.js';
import { recordHeaderSize, type Command } from './record_kind.js';
import type { SystemCommand } from './system_record_kind.js';

const initialCapacity = 512;
const encoder = new TextEncoder();

/** Gathers commands into one batch, in network byte order. */
export class CommandWriter {
  #bytes = new Uint8Array(initialCapacity);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  #recordOffset = -1;

  get length(): number {
    return this.#length;
  }

  /** Begins a record; the one before it is complete. */
  begin(kind: Command | SystemCommand | ChannelCommand, handle: number, extra = 0): this {
    this.#endRecord();
    this.#recordOffset = this.#length;
    return this.u32(0).u32(handle).u16(kind).u16(extra);
  }

  u8(value: number): this {
    const at = this.#claim(1);
    this.#view.setUint8(at, value);
    return this;
  }

  u16(value: number): this {
    const at = this.#claim(2);
    this.#view.setUint16(at, value);
    return this;
  }

  u32(value: number): this {
    const at = this.#claim(4);
    this.#view.setUint32(at, value);
    return this;
  }

  text(value: string): this {
    const bytes = encoder.encode(value);
    return this.u32(bytes.length).bytes(bytes);
  }

  bytes(value: Uint8Array): this {
    const at = this.#claim(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  /** The batch; from now on the caller owns it. */
  take(): Uint8Array<ArrayBuffer> {
    this.#endRecord();
    const batch = this.#bytes.subarray(0, this.#length);
    this.#bytes = new Uint8Array(initialCapacity);
    this.#view = new DataView(this.#bytes.buffer);
    this.#length = 0;
    return batch;
  }

  #endRecord(): void {
    if (this.#recordOffset < 0) return;
    this.#view.setUint32(this.#recordOffset, this.#length - this.#recordOffset - recordHeaderSize);
    this.#recordOffset = -1;
  }

  #claim(size: number): number {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) this.#grow();
    return at;
  }

  #grow(): void {
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
