const decoder = new TextDecoder();

/** Views of the module's memory, made again when growth has detached them. */
export class Memory {
  readonly #memory: WebAssembly.Memory;
  #bytes: Uint8Array<ArrayBuffer>;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer as ArrayBuffer);
  }

  /** Valid until the module runs again. */
  view(pointer: number, size: number): Uint8Array<ArrayBuffer> {
    const at = pointer >>> 0;
    return this.#current().subarray(at, at + size);
  }

  write(pointer: number, bytes: Uint8Array): void {
    this.#current().set(bytes, pointer >>> 0);
  }

  text(pointer: number, size: number): string {
    return decoder.decode(this.view(pointer, size));
  }

  u32(pointer: number): number {
    const at = pointer >>> 0;
    return new DataView(this.#current().buffer).getUint32(at);
  }

  /** A copy, in a buffer of its own. */
  copy(pointer: number, size: number): ArrayBuffer {
    const at = pointer >>> 0;
    return this.#current().buffer.slice(at, at + size);
  }

  #current(): Uint8Array<ArrayBuffer> {
    if (this.#bytes.buffer !== this.#memory.buffer) {
      this.#bytes = new Uint8Array(this.#memory.buffer as ArrayBuffer);
    }
    return this.#bytes;
  }
}
