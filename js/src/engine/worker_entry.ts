// The Worker of a page: an engine behind postMessage. It gets the compiled module first and then
// batches of commands; it posts batches of events, or why it stopped.
import { Engine } from './engine.js';
import type { FromWorker, ToWorker } from './worker_messages.js';

/** The part of DedicatedWorkerGlobalScope that is used; its types exclude those of a page. */
declare const self: {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
};

let engine: Engine | undefined;

function post(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

function fail(error: unknown): void {
  post({ failed: String(error) });
}

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  if (data instanceof Uint8Array) {
    engine?.handleCommands(data);
    return;
  }
  try {
    engine = await Engine.create({
      module: data.module,
      WebSocket,
      deliver: (batch) => post(batch, [batch]),
      fail,
      log: (level, area, text) => post({ log: [level, area, text] }),
    });
    post({ ready: true });
  } catch (error) {
    fail(error);
  }
};

post({ loaded: true });
