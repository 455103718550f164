/** When the wall clock gains more than this on the monotonic clock, the machine has slept. */
const sleepThresholdMs = 2000;

/**
 * A monotonic clock that counts while the machine sleeps, because a peer's consent must not outlive
 * a sleep. On several systems performance.now() stands still during a sleep; Date.now() does not. A
 * wall clock that is set forward looks like a sleep, which costs a check at worst.
 */
export class Clock {
  #wallOffset = Date.now() - performance.now();
  #asleepMs = 0;

  /** In microseconds. */
  now(): number {
    const ticks = performance.now();
    const offset = Date.now() - ticks;
    const jump = offset - this.#wallOffset;
    if (jump > sleepThresholdMs) this.#asleepMs += jump;
    if (Math.abs(jump) > sleepThresholdMs) this.#wallOffset = offset;
    return (ticks + this.#asleepMs) * 1000;
  }
}
