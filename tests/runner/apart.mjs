// Work that holds the processor for seconds, in a thread of its own: the caller's timers and servers
// go on meanwhile.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/// Resolves to what the function `name`, which `module` exports, returns; a copy of it.
export function apart(module, name) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { module, name } });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

if (!isMainThread) {
  const { module, name } = workerData;
  parentPort.postMessage(await (await import(module))[name]());
}
