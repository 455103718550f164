// `floe agent --signal sdp` as a child process: descriptions in and out, and its reports.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const kWithinMs = 10_000;

export class SdpAgent {
  reports = [];
  errors = [];

  #child;
  #lines = [];
  #descriptions = [];

  constructor(command) {
    const [program, ...options] = command;
    this.#child = spawn(program, options, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stdin.on('error', () => {}); // its end says more than a broken pipe
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
    createInterface({ input: this.#child.stderr }).on('line', (line) => this.errors.push(line));
  }

  hear(sdp) {
    this.#child.stdin.write(`${sdp}\n`);
  }

  order(command, members = {}) {
    this.#child.stdin.write(`${JSON.stringify({ command, ...members })}\n`);
  }

  description() {
    return this.#until('description', () => this.#descriptions.shift());
  }

  /// The first report that fits.
  report(fits, milliseconds) {
    return this.#until('report', () => this.reports.find(fits), milliseconds);
  }

  /// The kind of our candidate in the selected pair. A channel may open before a pair is selected.
  way() {
    return this.#until('selected pair', () => {
      const pair = this.reports.findLast(({ event }) => event === 'selected-pair');
      return pair?.local.type;
    });
  }

  async end() {
    if (this.#child.exitCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'close');
  }

  async #until(what, find, milliseconds = kWithinMs) {
    for (let waited = 0; waited < milliseconds; waited += 2) {
      const found = find();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(`no ${what}: ${this.errors.at(-1) ?? 'and no error'}`);
  }

  #take(line) {
    if (line.startsWith('{')) {
      this.reports.push(JSON.parse(line));
    } else if (line !== '') {
      this.#lines.push(line);
    } else if (this.#lines.length > 0) {
      this.#descriptions.push(`${this.#lines.join('\r\n')}\r\n`);
      this.#lines = [];
    }
  }
}
