/** How long to wait before the next attempt: longer each time, at random within half of the span. */
export class Backoff {
  readonly #minMs: number;
  readonly #maxMs: number;
  #spanMs: number;

  constructor(minMs: number, maxMs: number) {
    this.#minMs = minMs;
    this.#maxMs = maxMs;
    this.#spanMs = minMs;
  }

  next(): number {
    const span = this.#spanMs;
    this.#spanMs = Math.min(2 * span, this.#maxMs);
    return span / 2 + Math.random() * (span / 2);
  }

  reset(): void {
    this.#spanMs = this.#minMs;
  }
}
