// demo/run as a person starts it, once everything is built.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inTree } from './tree.mjs';

export class DemoRun {
  output = '';
  #waiting = [];

  constructor(...args) {
    this.child = spawn(process.execPath, [inTree('demo/runner/main.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.closed = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on('data', (chunk) => this.#take(chunk));
    }
    this.child.once('close', () => this.#take('\n'));
  }

  /// Resolves with the URL that it prints.
  static async start() {
    const demo = new DemoRun();
    const [, url] = await demo.says(/Open (\S+)/);
    return { demo, url };
  }

  /// Waits until the output matches; returns the match.
  says(words, seconds = 10) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = words.exec(this.output);
        if (match) resolve(match);
        return match !== null;
      };
      if (look()) return;
      const late = () => reject(new Error(`it does not say ${words}, but: ${this.output}`));
      setTimeout(late, seconds * 1000).unref();
      this.#waiting.push(look);
    });
  }

  /// As Ctrl-C does. Returns the exit status.
  async stop() {
    this.child.kill('SIGINT');
    const [status] = await this.closed;
    return status;
  }

  #take(chunk) {
    this.output += chunk;
    this.#waiting = this.#waiting.filter((look) => !look());
  }
}
