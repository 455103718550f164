import { channelsPlatform } from '#channels-platform';

import { Engine } from '../engine/engine.js';
import { notLoadedError, stoppedError, type FloeError } from '../floe_error.js';
import type { ChannelCommand } from '../wire/channel_record_kind.js';
import { CommandWriter } from '../wire/command_writer.js';
import { EventReader, type EventRecord } from '../wire/event_reader.js';
import type { Command } from '../wire/record_kind.js';

/** The channels of one connection. */
export interface ChannelsObject {
  onRecord(record: EventRecord, reader: EventReader): void;
  /** The module did not load, or has stopped. */
  onEngineLost(error: FloeError): void;
}

/**
 * Runs the module of data channels in this thread. It is loaded when the first object is added;
 * until it is there, commands wait.
 */
export class ChannelsEngine {
  readonly #objects = new Map<number, ChannelsObject>();
  readonly #writer = new CommandWriter();
  #nextHandle = 1;
  #isFlushScheduled = false;
  #engine: Engine | undefined;
  #isLost = false;

  constructor() {
    this.#load().catch((cause: unknown) => this.#lose(cause));
  }

  get isLoaded(): boolean {
    return this.#engine !== undefined;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  add(object: ChannelsObject): number {
    const handle = this.#nextHandle++;
    this.#objects.set(handle, object);
    return handle;
  }

  remove(handle: number): void {
    this.#objects.delete(handle);
  }

  /** Begins a command; its fields are to be written before anything else happens. */
  command(kind: ChannelCommand | Command, handle: number, extra = 0): CommandWriter {
    if (!this.#isFlushScheduled) {
      this.#isFlushScheduled = true;
      queueMicrotask(() => this.#flush());
    }
    return this.#writer.begin(kind, handle, extra);
  }

  async #load(): Promise<void> {
    const module = await loadModule();
    this.#engine = await Engine.create({
      module,
      deliver: (batch) => this.#onBatch(batch),
      fail: (error) => this.#lose(error),
    });
    this.#flush();
  }

  #flush(): void {
    if (!this.#engine) return; // #load() does it
    this.#isFlushScheduled = false;
    if (this.#writer.length > 0) this.#engine.handleCommands(this.#writer.take());
  }

  #onBatch(batch: ArrayBuffer): void {
    const reader = new EventReader(batch);
    for (let record = reader.next(); record; record = reader.next()) {
      this.#objects.get(record.handle)?.onRecord(record, reader);
    }
  }

  #lose(cause: unknown): void {
    this.#isLost = true;
    const error = stoppedError('The data channels', cause);
    const objects = [...this.#objects.values()];
    this.#objects.clear();
    for (const object of objects) object.onEngineLost(error);
  }
}

async function loadModule(): Promise<WebAssembly.Module> {
  try {
    return await channelsPlatform.loadModule();
  } catch (cause) {
    const advice = 'Serve it beside the script of floe/channels.';
    throw notLoadedError('floe-channels.wasm', advice, cause);
  }
}

let shared: ChannelsEngine | undefined;

/** The engine that all connections share. */
export function channelsEngine(): ChannelsEngine {
  if (!shared || shared.isLost) shared = new ChannelsEngine();
  return shared;
}
