// A program that is asked by a line and answers by a line.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const kAnswerMs = 20_000;

export class Conversation {
  #child;
  #waiting = [];
  #words = '';

  constructor(command) {
    this.#child = spawn(command[0], command.slice(1), { stdio: 'pipe' });
    this.#child.stderr.on('data', (chunk) => (this.#words = (this.#words + chunk).slice(-2000)));
    createInterface({ input: this.#child.stdout }).on('line', (line) =>
      this.#waiting.shift()?.(line),
    );
    this.#child.stdin.on('error', () => {});
    this.ended = new Promise((resolve) => this.#child.on('close', resolve));
    void this.ended.then((code) => {
      this.code = code ?? 'signal';
      for (const answer of this.#waiting.splice(0)) answer(undefined);
    });
  }

  get pid() {
    return this.#child.pid;
  }

  async ask(line) {
    if (this.code !== undefined) throw new Error(`it ended with ${this.code}: ${this.#words}`);
    const answer = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to "${line}"`)), kAnswerMs);
      this.#waiting.push((text) => {
        clearTimeout(timer);
        resolve(text);
      });
      this.#child.stdin.write(`${line}\n`);
    });
    if (answer === undefined) throw new Error(`it ended with ${this.code}: ${this.#words}`);
    return JSON.parse(answer);
  }

  async end() {
    if (this.code === undefined) this.#child.kill('SIGKILL');
    await this.ended;
  }
}
