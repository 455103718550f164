import { headerSize, type EchoMeter } from './echo_meter.js';

/** The most datagrams under way at a time. */
const windowSize = 32;
const datagramSize = 1200;

/**
 * Echoes `count` datagrams; one that is lost is sent again. Resolves with the time it took, or with
 * undefined when the meter was stopped before.
 */
export async function echoRun(
  meter: EchoMeter,
  count: number,
  onProgress: (echoed: number) => void,
): Promise<number | undefined> {
  const started = performance.now();
  const payload = crypto.getRandomValues(new Uint8Array(datagramSize - headerSize));
  let begun = 0;
  let echoed = 0;
  const lane = async (): Promise<void> => {
    while (begun < count) {
      begun++;
      while ((await meter.echo(payload)) === undefined) {
        if (meter.isStopped) return;
        await pause();
      }
      onProgress(++echoed);
    }
  };
  await Promise.all(Array.from({ length: Math.min(windowSize, count) }, lane));
  return echoed === count ? performance.now() - started : undefined;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
