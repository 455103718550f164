import type { EchoMeter } from './echo_meter.js';

/** The most datagrams under way at a time. */
const windowSize = 32;
const payloadSize = 1196;

/** Echoes `count` datagrams; one that is lost is sent again. Resolves with the time it took. */
export async function echoRun(
  meter: EchoMeter,
  count: number,
  onProgress: (echoed: number) => void,
): Promise<number> {
  const started = performance.now();
  const payload = crypto.getRandomValues(new Uint8Array(payloadSize));
  let begun = 0;
  let echoed = 0;
  const lane = async (): Promise<void> => {
    while (begun < count) {
      begun++;
      while ((await meter.echo(payload)) === undefined) await pause();
      onProgress(++echoed);
    }
  };
  await Promise.all(Array.from({ length: Math.min(windowSize, count) }, lane));
  return performance.now() - started;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
