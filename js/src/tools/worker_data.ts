import type { MessagePort } from 'node:worker_threads';

/** What the main thread gives to the Worker. */
export interface WorkerData {
  /** The bytes of the module. */
  wasm: Uint8Array;
  /** The argument of its function `run`; of bytes, their number, and `take` gives them. */
  argument: number | Uint8Array;
  /** Counts the batches that were posted to `port`. */
  bell: Int32Array<SharedArrayBuffer>;
  port: MessagePort;
}

export type FromToolWorker =
  { events: ArrayBuffer } | { print: string } | { printError: string } | { status: number };
