import type { FloeError } from '../floe_error.js';
import type { CommandWriter } from '../wire/command_writer.js';
import type { EventReader } from '../wire/event_reader.js';
import { Command, EventKind } from '../wire/record_kind.js';
import type { SystemCommand } from '../wire/system_record_kind.js';
import type { EngineLink, EngineObject } from './engine_link.js';

/** The counters of an object of the engine, as the engine wrote them; null if the object is gone. */
export type Stats = unknown;

interface StatsRequest {
  resolve(stats: Stats): void;
  reject(error: FloeError): void;
}

/** One object of the engine: its handle, its commands, and its requests that wait for answers. */
export class EngineHandle {
  declare readonly link: EngineLink;
  declare readonly handle: number;
  readonly #requests = new Map<number, StatsRequest>();
  #nextRequest = 1;
  #open = true;

  constructor(link: EngineLink, owner: EngineObject) {
    this.link = link;
    this.handle = link.add({
      onRecord: (record, reader) => {
        if (record.kind === EventKind.stats) this.#onStats(reader);
        else owner.onRecord(record, reader);
      },
      onEngineLost: (error) => {
        this.#open = false;
        for (const request of this.#requests.values()) request.reject(error);
        this.#requests.clear();
        owner.onEngineLost(error);
      },
    });
  }

  command(kind: Command | SystemCommand, extra = 0): CommandWriter {
    return this.link.command(kind, this.handle, extra);
  }

  stats(): Promise<Stats> {
    if (!this.#open) return Promise.resolve(null);
    const request = this.#nextRequest++;
    this.command(Command.stats).u32(request);
    return new Promise((resolve, reject) => this.#requests.set(request, { resolve, reject }));
  }

  /** Closes the object in the engine, and forgets it here. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.command(Command.close);
    this.link.remove(this.handle);
    for (const request of this.#requests.values()) request.resolve(null);
    this.#requests.clear();
  }

  #onStats(reader: EventReader): void {
    const request = reader.u32();
    this.#requests.get(request)?.resolve(JSON.parse(reader.text()));
    this.#requests.delete(request);
  }
}
