// The script of a Worker that runs a module which waits: wasm/system/waiting_imports.h.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';

import { Memory } from '../engine/memory.js';
import { fillRandom } from '../engine/imports.js';
import type { FromToolWorker, WorkerData } from './worker_data.js';

const { wasm, argument, bell, port } = workerData as WorkerData;
const post = (message: FromToolWorker): void => parentPort!.postMessage(message);

let memory: Memory;
let batch = typeof argument === 'number' ? new Uint8Array() : argument;
let heard = 0;

function receive(): number {
  heard = Atomics.load(bell, 0);
  batch = (receiveMessageOnPort(port)?.message as Uint8Array | undefined) ?? new Uint8Array();
  return batch.length;
}

function wait(events: number, waitMs: number): number {
  if (events !== 0) post({ events: memory.copy(events + 4, memory.u32(events)) });
  const size = receive();
  if (size > 0) return size;
  Atomics.wait(bell, 0, heard, waitMs);
  return receive();
}

const imports = {
  floe: {
    random: (pointer: number, size: number) => fillRandom(memory.view(pointer, size)),
    log: () => {},
    channel_connect: () => {},
    channel_send: () => 0,
    channel_buffered: () => 0,
    channel_close: () => {},
  },
  tool: {
    now: () => performance.now() * 1000,
    wait,
    take: (pointer: number) => memory.write(pointer, batch),
    print: (text: number, size: number) => post({ print: memory.text(text, size) }),
    print_error: (text: number, size: number) => post({ printError: memory.text(text, size) }),
  },
};

const { instance } = await WebAssembly.instantiate(wasm as Uint8Array<ArrayBuffer>, imports);
const exports = instance.exports as unknown as {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  run(argument: number): number;
};
memory = new Memory(exports.memory);
exports._initialize?.();
post({ status: exports.run(typeof argument === 'number' ? argument : argument.length) });
