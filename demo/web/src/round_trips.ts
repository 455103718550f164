import type { Gateway } from 'floe';

import { element, setText } from './elements.js';
import { formatMs } from './message_log.js';
import { Sparkline } from './sparkline.js';

/** Of half a minute, when none is lost. */
const samplesMax = 60;

interface Pair {
  whole: number;
  toGateway: number;
}

/**
 * The latest round trips: whole ones, from this page to the other end and back, and those from this
 * page to the gateway and back.
 *
 * Both are measured at the same time over the same WebSocket: a datagram and a PING leave in one
 * message, and the gateway answers the PING before the datagram's echo reaches it. So one is a part
 * of the other, and the figures, which are of such pairs alone, can be compared.
 */
export class RoundTrips {
  readonly #spark = new Sparkline(samplesMax);
  #latest: number | undefined;
  #whole: number[] = [];
  #pairs: Pair[] = [];
  #measured: { gateway: Gateway; count: number } | undefined;

  clear(): void {
    this.#latest = undefined;
    this.#whole = [];
    this.#pairs = [];
    this.#measured = undefined;
    this.#show();
  }

  /** A datagram came back after so long through that gateway; undefined: it was lost. */
  async add(whole: number | undefined, gateway: Gateway | null): Promise<void> {
    this.#latest = whole;
    if (whole !== undefined) {
      this.#whole = [...this.#whole, whole].slice(-samplesMax);
      const toGateway = await this.#readGateway(gateway);
      if (toGateway !== undefined) {
        this.#pairs = [...this.#pairs, { whole, toGateway }].slice(-samplesMax);
      }
    }
    this.#show();
  }

  /** The gateway's round trip in milliseconds, if it was measured since the last call. */
  async #readGateway(gateway: Gateway | null): Promise<number | undefined> {
    const { roundTripTime, responsesReceived: count } = (await gateway?.getStats()) ?? {};
    if (!gateway || roundTripTime === undefined || count === undefined) return undefined;
    const last = this.#measured;
    this.#measured = { gateway, count };
    // What was measured before the first datagram was measured alone.
    return last?.gateway === gateway && last.count !== count ? roundTripTime * 1000 : undefined;
  }

  #show(): void {
    setText('rtt', this.#latest === undefined ? '–' : formatMs(this.#latest));
    element('rtt-unit').hidden = this.#latest === undefined;
    // A direct path has no pairs.
    const isDirect = this.#pairs.length === 0;
    showSummary('rtt', isDirect ? this.#whole : this.#pairs.map(({ whole }) => whole));
    showSummary(
      'rtt-gateway',
      this.#pairs.map(({ toGateway }) => toGateway),
    );
    this.#spark.show(this.#whole);
  }
}

function showSummary(id: string, samples: readonly number[]): void {
  const sorted = [...samples].sort((a, b) => a - b);
  const text = (ms: number | undefined): string => (ms === undefined ? '–' : `${formatMs(ms)} ms`);
  setText(`${id}-least`, text(sorted[0]));
  setText(`${id}-median`, text(sorted[sorted.length >> 1]));
}
