// A child process that speaks JSON lines on its standard output.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const kKeptErrors = 20;

export class LineProcess {
  #waiting = [];
  #rest = '';
  lines = [];
  errors = [];

  /// `onExit(process)` is called when the process ends without stop().
  constructor(name, command, { env = {}, onExit, showErrors = false } = {}) {
    this.name = name;
    this.onExit = onExit;
    this.child = spawn(command[0], command.slice(1), {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.pid = this.child.pid;
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
    this.child.stdin.on('error', () => {}); // the process has ended; that is reported below
    this.child.stdout.on('data', (chunk) => this.#take(chunk));
    this.child.stderr.on('data', (chunk) => {
      if (showErrors) process.stderr.write(chunk);
      this.errors.push(...String(chunk).split('\n').filter(Boolean));
      this.errors.splice(0, this.errors.length - kKeptErrors);
    });
    this.child.once('error', (error) => this.#finish(error.message));
    this.child.once('exit', (code, signal) => this.#finish(signal ?? `exit status ${code}`));
  }

  /// The first line that `matches`, past or future; an error after `seconds` or when the process ends.
  line(matches, seconds, what) {
    const known = this.lines.find(matches);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      const waiting = { matches, resolve, reject };
      const timer = setTimeout(
        () =>
          reject(new Error(`${this.name} (pid ${this.pid}) did not ${what} within ${seconds} s`)),
        seconds * 1000,
      );
      waiting.done = () => clearTimeout(timer);
      this.#waiting.push(waiting);
    });
  }

  write(object) {
    this.child.stdin.write(`${JSON.stringify(object)}\n`);
  }

  /// Asks the process to end; `onExit` is not called for that.
  stop(signal = 'SIGTERM') {
    this.onExit = undefined;
    this.child.kill(signal);
    return this.ended;
  }

  #take(chunk) {
    this.#rest += chunk;
    const pieces = this.#rest.split('\n');
    this.#rest = pieces.pop();
    for (const piece of pieces) this.takeText(piece);
  }

  /// For programs that print something else as well.
  takeText(text) {
    if (text !== '') this.take(JSON.parse(text));
  }

  take(line) {
    this.lines.push(line);
    this.onLine?.(line);
    for (const waiting of this.#waiting.filter((one) => one.matches(line))) {
      waiting.done();
      waiting.resolve(line);
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    }
  }

  #finish(how) {
    const error = new Error(
      [`${this.name} (pid ${this.pid}) ended: ${how}`, ...this.errors.slice(-3)].join('; '),
    );
    error.how = how;
    for (const waiting of this.#waiting.splice(0)) {
      waiting.done();
      waiting.reject(error);
    }
    const onExit = this.onExit;
    this.onExit = undefined;
    onExit?.(error);
  }
}
