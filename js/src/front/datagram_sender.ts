import type { DatagramCarrier } from '../datagrams.js';
import { Command } from '../wire/record_kind.js';
import { Deferred } from './deferred.js';
import type { EngineHandle } from './engine_handle.js';

/** The most bytes of a datagram in a UDP packet over IPv4. */
export const datagramSizeMax = 65507;

export interface SenderState {
  /** Whether a path works for that component. */
  isOpen(component: number): boolean;
  maxDatagramSize(component: number): number;
}

/** Sends the datagrams of one transport, or returns false. It queues nothing. */
export class DatagramSender implements DatagramCarrier {
  readonly #engine: EngineHandle;
  readonly #state: SenderState;
  #tooLarge = 0;
  #opened = new Deferred<void>();

  constructor(engine: EngineHandle, state: SenderState) {
    this.#engine = engine;
    this.#state = state;
  }

  /** How many datagrams no path and no record could hold. */
  get tooLarge(): number {
    return this.#tooLarge;
  }

  maxDatagramSize(): number {
    return this.#state.isOpen(1) ? this.#sizeMax(1) : 0;
  }

  send(data: Uint8Array, component = 1): boolean {
    const { link } = this.#engine;
    const size = data.byteLength;
    if (!this.#state.isOpen(component)) return false;
    if (size > this.#sizeMax(component)) {
      this.#tooLarge++;
      return false;
    }
    if (!link.hasUplinkSpace(size)) return false;
    this.#engine.command(Command.transport_send, component).bytes(data);
    link.countUplink(size);
    return true;
  }

  whenWritable(): Promise<void> {
    return this.#state.isOpen(1) ? this.#engine.link.whenUplinkMoves() : this.#opened.promise;
  }

  /** A path works now. */
  opened(): void {
    this.#opened.resolve();
    this.#opened = new Deferred();
  }

  /** No path will ever work again. */
  ended(reason: unknown): void {
    this.#opened.reject(reason);
  }

  #sizeMax(component: number): number {
    return Math.min(this.#state.maxDatagramSize(component), datagramSizeMax);
  }
}
