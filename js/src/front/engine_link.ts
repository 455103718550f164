import { stoppedError, type FloeError } from '../floe_error.js';
import { CommandWriter } from '../wire/command_writer.js';
import { EventReader, type EventRecord } from '../wire/event_reader.js';
import { EventKind, type Command } from '../wire/record_kind.js';
import type { SystemCommand } from '../wire/system_record_kind.js';
import { openInThread } from './in_thread_port.js';
import { loadModule } from './module.js';
import type { Port, PortEvents, PortOptions } from './port.js';
import { openWorker } from './worker_port.js';

/** Commands gathered in a turn leave at its end, or when there are this many bytes. */
const batchSizeMax = 64 * 1024;
/** The most datagram bytes on their way to the engine; further datagrams are refused, not queued. */
const uplinkBytesMax = 512 * 1024;

/** An object of the engine as this thread sees it. */
export interface EngineObject {
  onRecord(record: EventRecord, reader: EventReader): void;
  onEngineLost(error: FloeError): void;
}

export interface LinkOptions extends PortOptions {
  /** False: the engine runs in this thread. Default: in a Worker, when this is a page. */
  worker?: boolean | undefined;
}

/**
 * Joins the objects of this thread to one engine: hands out handles, gathers commands into a batch
 * a turn, and brings each event to its object. Usable at once; commands wait for the engine.
 */
export class EngineLink {
  readonly #objects = new Map<number, EngineObject>();
  readonly #writer = new CommandWriter();
  #nextHandle = 1;
  #flushScheduled = false;
  #uplinkBytes = 0;
  #uplinkWaiters: (() => void)[] = [];
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #port: Port | undefined;
  #lost: FloeError | undefined;

  constructor(options: LinkOptions = {}) {
    this.#open(options).catch((error: unknown) => this.#lose(error));
  }

  get lost(): boolean {
    return this.#lost !== undefined;
  }

  /** A handle for `object`, which hears of its events until close(). */
  add(object: EngineObject): number {
    const handle = this.#nextHandle++;
    const lost = this.#lost;
    if (lost) queueMicrotask(() => object.onEngineLost(lost));
    else this.#objects.set(handle, object);
    return handle;
  }

  /** Nothing more is heard of `handle`. */
  remove(handle: number): void {
    this.#objects.delete(handle);
  }

  /** Begins a command; its fields are to be written before anything else happens. */
  command(kind: Command | SystemCommand, handle: number, extra = 0): CommandWriter {
    if (this.#writer.length >= batchSizeMax) this.flush();
    if (!this.#flushScheduled) {
      this.#flushScheduled = true;
      queueMicrotask(() => this.flush());
    }
    return this.#writer.begin(kind, handle, extra);
  }

  /** Whether a datagram of `size` bytes may be written now. */
  hasUplinkSpace(size: number): boolean {
    return this.#uplinkBytes + size <= uplinkBytesMax;
  }

  /** To be called for each datagram written. */
  countUplink(size: number): void {
    this.#uplinkBytes += size;
  }

  /** So many of the counted bytes are not on their way any more. */
  releaseUplink(size: number): void {
    this.#uplinkBytes -= size;
    for (const resolve of this.#uplinkWaiters.splice(0)) resolve();
  }

  /** Resolves when the engine has taken datagrams; the caller then asks again. */
  whenUplinkMoves(): Promise<void> {
    return new Promise((resolve) => this.#uplinkWaiters.push(resolve));
  }

  async #open(options: LinkOptions): Promise<void> {
    const module = await loadModule();
    const events: PortEvents = {
      batch: (batch) => this.#onBatch(batch),
      failed: (error) => this.#lose(error),
    };
    const here = options.worker === false || options.WebSocket || options.random;
    const port = here ? undefined : await openWorker(module, options, events);
    this.#port = port ?? (await openInThread(module, options, events));
    for (const batch of this.#waiting.splice(0)) this.#port.post(batch);
  }

  /** Posts what was commanded so far; it happens by itself at the end of a turn. */
  flush(): void {
    this.#flushScheduled = false;
    if (this.#writer.length === 0) return;
    const batch = this.#writer.take();
    if (this.#lost) return;
    if (this.#port) this.#port.post(batch);
    else this.#waiting.push(batch);
  }

  #onBatch(batch: ArrayBuffer): void {
    const reader = new EventReader(batch);
    for (let record = reader.next(); record; record = reader.next()) {
      if (record.kind === EventKind.consumed) this.releaseUplink(reader.u32());
      else this.#objects.get(record.handle)?.onRecord(record, reader);
    }
  }

  #lose(cause: unknown): void {
    if (this.#lost) return;
    const error = stoppedError('The engine', cause);
    this.#lost = error;
    this.#port?.close();
    this.#waiting = [];
    for (const resolve of this.#uplinkWaiters.splice(0)) resolve();
    const objects = [...this.#objects.values()];
    this.#objects.clear();
    for (const object of objects) object.onEngineLost(error);
  }
}

let shared: EngineLink | undefined;
let sharedInThread: EngineLink | undefined;

/** The engine that all objects share, except objects with their own WebSocket, random or log. */
export function engineLink(options: LinkOptions = {}): EngineLink {
  if (options.WebSocket || options.random || options.log) return new EngineLink(options);
  if (options.worker === false) {
    if (!sharedInThread || sharedInThread.lost) sharedInThread = new EngineLink(options);
    return sharedInThread;
  }
  if (!shared || shared.lost) shared = new EngineLink(options);
  return shared;
}
