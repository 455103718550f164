// An agent that speaks the stdio contract of `floe agent`, as a child process, and what it has
// reported so far. Its signalling goes to `peer` line by line, unread.
//
// `fault` is the first thing that no agent may do: an error event, the failed state, a line that is
// not JSON or follows the closed event, an exit that is early or not 0.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const kStderrLines = 8;

export class StdioAgent {
  peer = null;
  onReport = null; // is given each line, as an object
  described = false; // its description went out
  state = 'new';
  pair = null; // the last selected-pair event of component 1
  payloads = new Set(); // base64 of each datagram that arrived
  datagrams = 0; // how many arrived
  closed = null; // the reason it gave
  ended = null; // exit status, or the signal
  fault = null;
  stderr = []; // the last lines

  #child;
  #changed;

  // `changed` is called after each report and at the end.
  constructor(name, command, changed) {
    this.name = name;
    this.#changed = changed;
    // exec, so that the child is the command itself and no shell outlives a kill
    this.#child = spawn('/bin/sh', ['-c', `exec ${command}`]);
    this.#child.stdin.on('error', () => {}); // its exit says more than a broken pipe
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
    createInterface({ input: this.#child.stderr }).on('line', (line) => {
      this.stderr = [...this.stderr, line].slice(-kStderrLines);
    });
    this.#child.on('close', (code, signal) => {
      this.ended = code ?? signal;
      if (this.ended !== 0) this.#fail(`ended with ${this.ended}`);
      if (!this.closed) this.#fail('ended without a closed event');
      changed();
    });
  }

  get connected() {
    return this.state === 'connected' || this.state === 'completed';
  }

  write(line) {
    this.#child.stdin.write(`${line}\n`);
  }

  order(command, members = {}) {
    this.write(JSON.stringify({ command, ...members }));
  }

  kill() {
    if (this.ended === null) this.#child.kill('SIGKILL');
  }

  #fail(reason) {
    this.fault ??= `${this.name}: ${reason}`;
  }

  #take(line) {
    if (this.closed) this.#fail('a line follows the closed event');
    let report = {};
    try {
      report = JSON.parse(line);
    } catch {
      this.#fail(`stdout carries something else than JSON: ${line.slice(0, 80)}`);
    }
    if (report.type === 'description') this.described = true;
    if (report.type) this.peer.write(line);
    if (report.event) this.#note(report);
    this.onReport?.(report);
    this.#changed();
  }

  #note(report) {
    if (report.event === 'state') this.state = report.state;
    if (report.event === 'selected-pair' && report.component === 1) this.pair = report;
    if (report.event === 'data') {
      this.datagrams += 1;
      this.payloads.add(report.base64);
    }
    if (report.event === 'closed') this.closed = report.reason;
    if (report.event === 'error') this.#fail(`error ${report.code}: ${report.message}`);
    if (this.state === 'failed') this.#fail('failed: no pair worked');
    if (this.connected && !this.pair) this.#fail('connected before a pair was selected');
  }
}
