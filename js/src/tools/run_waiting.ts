import { MessageChannel, Worker } from 'node:worker_threads';

import type { EngineLink } from '../front/engine_link.js';
import type { SystemNetworkOptions } from '../front/socket_source.js';
import { SystemNetwork } from '../system/system_network.js';
import { WaitingLink } from './waiting_link.js';
import type { FromToolWorker, WorkerData } from './worker_data.js';

export interface WaitingRun {
  /** The bytes of a module that waits. */
  wasm: Uint8Array;
  /** Of its function `run`. */
  argument: number | Uint8Array;
  network?: SystemNetworkOptions;
  print(text: string): void;
  printError(text: string): void;
}

/** Runs the module in a Worker over the sockets of this thread; resolves with what `run` returns. */
export async function runWaiting(run: WaitingRun): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const link = new WaitingLink((batch) => {
    port1.postMessage(batch);
    Atomics.add(bell, 0, 1);
    Atomics.notify(bell, 0);
  });
  const network = new SystemNetwork(link as unknown as EngineLink, run.network ?? {});
  const { wasm, argument } = run;
  const worker = new Worker(new URL('./tool-worker.js', import.meta.url), {
    workerData: { wasm, argument, bell, port: port2 } satisfies WorkerData,
    transferList: [port2],
  });
  try {
    return await new Promise((resolve, reject) => {
      worker.on('error', reject);
      worker.on('message', (message: FromToolWorker) => {
        if ('events' in message) link.deliver(message.events);
        else if ('print' in message) run.print(message.print);
        else if ('printError' in message) run.printError(message.printError);
        else resolve(message.status);
      });
    });
  } finally {
    network.close();
    port1.close();
    await worker.terminate();
  }
}
