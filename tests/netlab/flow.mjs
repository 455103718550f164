// Datagrams from one agent to the other at a steady pace, and the longest time without one.
const kPaceMs = 10;

export class Flow {
  #from;
  #timer;
  #sent = 0;
  #last; // when a datagram arrived
  #gap = 0;
  #numbers = new Set();

  /// `from` and `to` are connected StdioAgents. Runs until stop().
  constructor(from, to) {
    this.#from = from;
    to.onReport = (report) => report.event === 'data' && this.#arrive(report.base64);
    this.#timer = setInterval(() => this.#send(), kPaceMs);
    this.#last = performance.now();
  }

  /// The longest gap since watch(), in milliseconds; the gap until now counts.
  get gapMs() {
    return Math.round(Math.max(this.#gap, performance.now() - this.#last));
  }

  get lost() {
    return this.#sent - this.#numbers.size;
  }

  /// The milliseconds since the last datagram arrived.
  get silentMs() {
    return performance.now() - this.#last;
  }

  /// Forgets what was before.
  watch() {
    this.#gap = 0;
    this.#sent = 0;
    this.#numbers.clear();
  }

  stop() {
    clearInterval(this.#timer);
  }

  #send() {
    const datagram = Buffer.alloc(4);
    datagram.writeUInt32BE(this.#sent++);
    this.#from.order('send', { base64: datagram.toString('base64'), component: 1 });
  }

  #arrive(base64) {
    const now = performance.now();
    this.#gap = Math.max(this.#gap, now - this.#last);
    this.#last = now;
    this.#numbers.add(base64);
  }
}
