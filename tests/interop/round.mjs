// One meeting of two agents over the stdio contract: signalling crossed, connected, datagrams sent,
// closed.
import { randomBytes, randomInt } from 'node:crypto';
import { EventEmitter, once } from 'node:events';

import { StdioAgent } from './stdio_agent.mjs';

const kCloseMs = 5_000;
const kRandomBytesMax = 1200; // with the counter still within every path's MTU
const kWindow = 32; // datagrams in flight: well below what a socket's buffer holds
const kRepeatMs = 250; // a datagram over loopback that takes longer is lost
const kRepeatsMax = 3;

// Call in order: connect(), exchange(), close(), and destroy() in any case. Each throws as soon as an
// agent is at fault or a time limit has passed.
export class Round {
  #changes = new EventEmitter();
  #timers = new Set();
  #fault = null;
  #sent = new Set();

  constructor(left, right, timeoutMs) {
    const changed = () => this.#changes.emit('change');
    this.left = new StdioAgent('left', left, changed);
    this.right = new StdioAgent('right', right, changed);
    this.left.peer = this.right;
    this.right.peer = this.left;
    this.echoes = /(^|\s)--echo(\s|$)/.test(right);
    this.receiver = this.echoes ? this.left : this.right;
    this.#limit(timeoutMs);
  }

  // Returns the milliseconds since both descriptions were sent; process start does not count.
  async connect() {
    await this.#until('a description of both', () => this.left.described && this.right.described);
    const start = performance.now();
    await this.#until('both to connect', () => this.left.connected && this.right.connected);
    return Math.round((performance.now() - start) * 10) / 10;
  }

  // Every datagram arrives intact, at right or back at left; a lost one is sent again, at most
  // `repeats` times.
  async exchange(count, repeats = kRepeatsMax) {
    const sent = Array.from({ length: count }, (_, i) => payload(i));
    this.#sent = new Set(sent);
    for (let i = 0; i < count; i += kWindow)
      await this.#deliver(sent.slice(i, i + kWindow), repeats);
  }

  // Only left is told; right must hear of it from left's bye.
  async close() {
    this.#limit(kCloseMs);
    this.left.order('close');
    await this.#until('both to end', () => this.left.ended === 0 && this.right.ended === 0);
    const reasons = `${this.left.closed} and ${this.right.closed}`;
    if (reasons !== 'local and remote')
      throw new Error(`closed as ${reasons}, expected local and remote`);
  }

  destroy() {
    this.#timers.forEach(clearTimeout);
    for (const agent of [this.left, this.right]) agent.kill();
  }

  // The reason with the last lines that both wrote to stderr.
  explain(reason) {
    const lines = [this.left, this.right].flatMap(({ name, stderr }) =>
      stderr.map((line) => `\n  ${name} stderr: ${line}`),
    );
    return reason + lines.join('');
  }

  #limit(ms) {
    this.#after(ms, () => (this.#fault ??= `not within ${ms / 1000} s`));
  }

  #after(ms, act) {
    const timer = setTimeout(() => (act(), this.#changes.emit('change')), ms);
    this.#timers.add(timer);
    return () => this.#timers.delete(timer) && clearTimeout(timer);
  }

  async #until(what, condition) {
    for (;;) {
      const fault = this.left.fault ?? this.right.fault ?? this.#fault;
      if (fault) throw new Error(`waiting for ${what}: ${fault}`);
      if (condition()) return;
      await once(this.#changes, 'change');
    }
  }

  async #deliver(payloads, repeats) {
    let missing = payloads;
    for (let sends = 0; missing.length > 0; ++sends) {
      if (sends > repeats) throw new Error(`${missing.length} datagrams lost ${sends} times`);
      for (const base64 of missing) this.left.order('send', { base64, component: 1 });
      let late = false;
      const cancel = this.#after(kRepeatMs, () => (late = true));
      const arrived = (each) => this.receiver.payloads.has(each);
      await this.#until('datagrams', () => late || missing.every(arrived));
      cancel();
      for (const each of this.receiver.payloads)
        if (!this.#sent.has(each)) throw new Error('a datagram arrived that was never sent');
      missing = missing.filter((each) => !arrived(each));
    }
  }
}

function payload(counter) {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(counter);
  return Buffer.concat([head, randomBytes(randomInt(kRandomBytesMax + 1))]).toString('base64');
}
