import { Channels } from './channels.js';
import { Clock } from './clock.js';
import { fillRandom, makeImports, type LogFunction, type RandomFunction } from './imports.js';
import { Memory } from './memory.js';
import { instantiate, type WasmExports } from './wasm_exports.js';
import type { WebSocketConstructor } from './web_socket.js';

/** The longest wait that setTimeout() takes. */
const timeoutMaxMs = 2 ** 31 - 1;

export interface EngineOptions {
  module: WebAssembly.Module;
  /** Not needed by a module that opens no WebSockets. */
  WebSocket?: WebSocketConstructor | undefined;
  /** Takes the records of a turn, as wasm/src/record_kind.h defines them. */
  deliver: (batch: ArrayBuffer) => void;
  /** The module trapped; nothing works any more. */
  fail: (error: unknown) => void;
  log?: LogFunction;
  /** Replaces the platform's random source; predictable bytes make predictable credentials. */
  random?: RandomFunction | undefined;
}

const encoder = new TextEncoder();

/**
 * Runs one instance of the module: brings it commands, messages and the time, takes its events.
 *
 * Every input is a turn: tell the module, deliver its events, set the timer. Turns do not nest: an
 * input during a turn (a listener that sends, a WebSocket that answers at once) waits for the end
 * of the turn, since the module must not be entered twice.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #clock = new Clock();
  readonly #channels: Channels;
  #exports!: WasmExports;
  #memory!: Memory;
  readonly #turns: (() => void)[] = [];
  #running = false;
  #stopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerFiresAt = Infinity;

  static async create(options: EngineOptions): Promise<Engine> {
    const engine = new Engine(options);
    await engine.#start();
    return engine;
  }

  private constructor(options: EngineOptions) {
    this.#options = options;
    this.#channels = new Channels(options.WebSocket, {
      open: (channel) => this.#turn((now) => this.#exports.floe_channel_open(now, channel)),
      message: (channel, data) => this.#turn((now) => this.#message(now, channel, data)),
      drained: (channel) => this.#turn((now) => this.#exports.floe_channel_drained(now, channel)),
      closed: (channel, code, reason) =>
        this.#turn((now) => {
          const size = this.#bring(encoder.encode(reason));
          this.#exports.floe_channel_closed(now, channel, code, size);
        }),
    });
  }

  async #start(): Promise<void> {
    const { module, log = () => {}, random = fillRandom } = this.#options;
    const context = () => ({ memory: this.#memory, channels: this.#channels, log, random });
    this.#exports = await instantiate(module, makeImports(context));
    this.#memory = new Memory(this.#exports.memory);
  }

  handleCommands(batch: Uint8Array): void {
    this.#turn((now) => this.#exports.floe_commands(now, this.#bring(batch)));
  }

  /** Closes the WebSockets and forgets the module. */
  stop(): void {
    this.#stopped = true;
    this.#turns.length = 0;
    clearTimeout(this.#timer);
    this.#channels.closeAll();
  }

  #message(now: number, channel: number, data: string | Uint8Array): void {
    const isText = typeof data === 'string';
    const size = this.#bring(isText ? encoder.encode(data) : data);
    this.#exports.floe_channel_message(now, channel, Number(isText), size);
  }

  #bring(bytes: Uint8Array): number {
    this.#memory.write(this.#exports.floe_reserve(bytes.length), bytes);
    return bytes.length;
  }

  #turn(call: (now: number) => void): void {
    if (this.#stopped) return;
    this.#turns.push(() => call(this.#clock.now()));
    if (this.#running) return;
    this.#running = true;
    try {
      for (let next = this.#turns.shift(); next; next = this.#turns.shift()) {
        this.#runTurn(next);
      }
    } finally {
      this.#running = false;
    }
    if (!this.#stopped) this.#setTimer();
  }

  #runTurn(turn: () => void): void {
    try {
      turn();
    } catch (error) {
      this.stop();
      this.#options.fail(error);
      return;
    }
    this.#deliver();
  }

  #deliver(): void {
    const pointer = this.#exports.floe_poll_events();
    if (pointer === 0) return;
    this.#options.deliver(this.#memory.copy(pointer + 4, this.#memory.u32(pointer)));
  }

  #setTimer(): void {
    const deadline = this.#exports.floe_deadline();
    // A timer that fires early sets itself again, which is cheaper than to set it at every turn;
    // but one that waits for nothing would keep a process of Node alive.
    if (deadline >= this.#timerFiresAt && deadline !== Infinity) return;
    clearTimeout(this.#timer);
    this.#timerFiresAt = deadline;
    if (deadline === Infinity) return;
    const waitMs = Math.ceil((deadline - this.#clock.now()) / 1000);
    this.#timer = setTimeout(
      () => {
        this.#timerFiresAt = Infinity;
        this.#turn((now) => this.#exports.floe_wake(now));
      },
      Math.min(Math.max(waitMs, 0), timeoutMaxMs),
    );
  }
}
