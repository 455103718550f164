import workerSource from '#worker-source';

/** Only a page needs a Worker: other threads have no throttled timers and no user interface. */
export function pageWorkers(files: (() => Worker)[]): (() => Worker)[] {
  if (typeof document === 'undefined' || typeof Worker === 'undefined') return [];
  return [startFromBlob, ...files];
}

/** Needs no file that a bundler could lose. A policy with worker-src but without blob: forbids it. */
function startFromBlob(): Worker {
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  const worker = new Worker(url);
  // Not at once: some browsers fetch the script after the constructor has returned.
  const revoke = (): void => URL.revokeObjectURL(url);
  worker.addEventListener('message', revoke, { once: true });
  worker.addEventListener('error', revoke, { once: true });
  return worker;
}
