// The gateway of a soak: started, restarted, watched.
import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { until } from '../operating/operated.mjs';
import { binary } from '../runner/tree.mjs';
import { Conversation } from './conversation.mjs';
import { kSecret } from './token.mjs';
import { kGatewayIp, kPeers, kPort } from './world.mjs';

const kAdmin = '127.0.0.1:9478';
const kDrainSeconds = 10;

export class SoakGateway {
  #world;
  #options;
  #scraper;
  #samples = [];

  /// `descriptors` is its ulimit -n, `sessions` its --sessions-max.
  constructor(world, { args = [], descriptors = 20_000, sessions = 8000 } = {}) {
    this.#world = world;
    this.#options = { args, descriptors, sessions };
    const scraper = fileURLToPath(new URL('scraper.mjs', import.meta.url));
    this.#scraper = new Conversation([...world.inside('gateway'), process.execPath, scraper]);
    this.#sampler = setInterval(() => this.#sample(), 200);
  }

  #sampler;

  async start() {
    const { args, descriptors, sessions } = this.#options;
    const command = [
      ...this.#world.inside('gateway'),
      ...['sh', '-c', `ulimit -n ${descriptors}; exec "$0" "$@"`, binary('floe-gateway')],
      ...['--listen', `0.0.0.0:${kPort}`, '--bind', kGatewayIp, '--allow', kPeers],
      ...['--admin', kAdmin, '--sessions-max', String(sessions), '--sockets-max', '9000'],
      ...['--drain-timeout', String(kDrainSeconds), '--reconnect-spread', '3'],
      ...args,
    ];
    const child = spawn(command[0], command.slice(1), {
      env: { ...process.env, FLOE_GATEWAY_SECRET: kSecret },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    this.log = '';
    this.code = undefined;
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (this.log = (this.log + chunk).slice(-20_000)));
    this.ended = new Promise((resolve) =>
      child.on('close', (code, signal) => resolve((this.code = code ?? signal))),
    );
    this.#child = child;
    await until('the gateway listens', () => {
      if (this.code !== undefined) throw new Error(`it ended with ${this.code}: ${this.log}`);
      return output.includes('"listening"');
    });
    return this;
  }

  #child;

  get pid() {
    return this.#child.pid;
  }

  /// By the signal, and its last code.
  async stop(signal) {
    this.#child.kill(signal);
    return this.ended;
  }

  /// Of /metrics, by name with labels.
  async metrics() {
    const text = await this.#scraper.ask(`http://${kAdmin}/metrics`);
    if (text === null) throw new Error(`no metrics: ${this.code ?? 'it runs'} ${this.log}`);
    return new Map(
      text
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => [
          line.slice(0, line.lastIndexOf(' ')),
          Number(line.slice(line.lastIndexOf(' '))),
        ]),
    );
  }

  /// MiB that it has in memory.
  get memory() {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
  }

  #sample() {
    try {
      this.#samples.push(this.memory);
    } catch {
      // it is being restarted
    }
  }

  /// The highest of its memory since the last call.
  takePeak() {
    return Math.max(0, ...this.#samples.splice(0));
  }

  async end() {
    clearInterval(this.#sampler);
    await this.#scraper.end();
    if (this.code === undefined) this.#child?.kill('SIGKILL');
    await this.ended;
  }
}
