import type { FromWorker, ToWorker } from '../engine/worker_messages.js';
import { platform } from '#platform';
import type { Port, PortEvents, PortOptions } from './port.js';

/** A blocked Worker may raise no event at all; after this time without one the next is tried. */
const loadTimeoutMs = 3000;

/**
 * An engine in a dedicated Worker, whose timers are not throttled when the page is hidden.
 *
 * Tries the platform's ways to start a Worker, in order; undefined when the page's policy allows
 * none of them.
 */
export async function openWorker(
  module: WebAssembly.Module,
  options: PortOptions,
  events: PortEvents,
): Promise<Port | undefined> {
  for (const start of platform.workers()) {
    const worker = await startWorker(start);
    if (worker && (await initialise(worker, module))) return attach(worker, options, events);
    worker?.terminate();
  }
  return undefined;
}

/** The Worker, once its script has run. */
async function startWorker(start: () => Worker): Promise<Worker | undefined> {
  try {
    const worker = start();
    const first = await nextMessage(worker);
    if (first && 'loaded' in first) return worker;
    worker.terminate();
  } catch {
    // A content security policy may answer by an exception as well as by an event.
  }
  return undefined;
}

async function initialise(worker: Worker, module: WebAssembly.Module): Promise<boolean> {
  const answer = nextMessage(worker);
  worker.postMessage({ module } satisfies ToWorker);
  const message = await answer;
  return message !== undefined && 'ready' in message;
}

function attach(worker: Worker, options: PortOptions, events: PortEvents): Port {
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data instanceof ArrayBuffer) events.batch(data);
    else if ('log' in data) options.log?.(...data.log);
    else if ('failed' in data) events.failed(new Error(data.failed));
  };
  worker.onerror = (event) => events.failed(event.error ?? new Error(event.message));
  return {
    post: (batch) => worker.postMessage(batch, [batch.buffer]),
    close: () => worker.terminate(),
  };
}

function nextMessage(worker: Worker): Promise<Exclude<FromWorker, ArrayBuffer> | undefined> {
  return new Promise((resolve) => {
    const timeout = setTimeout(resolve, loadTimeoutMs, undefined);
    const settle = (value: Exclude<FromWorker, ArrayBuffer> | undefined): void => {
      clearTimeout(timeout);
      worker.onmessage = worker.onerror = null;
      resolve(value);
    };
    worker.onmessage = ({ data }) => settle(data);
    worker.onerror = (event) => {
      event.preventDefault();
      settle(undefined);
    };
  });
}
