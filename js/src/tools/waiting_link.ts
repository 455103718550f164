import type { EngineLink, EngineObject } from '../front/engine_link.js';
import { CommandWriter } from '../wire/command_writer.js';
import { EventReader } from '../wire/event_reader.js';
import type { Command } from '../wire/record_kind.js';
import type { SystemCommand } from '../wire/system_record_kind.js';

/** The parts of an EngineLink that a SystemNetwork uses, for a module in a Worker that waits. */
export class WaitingLink implements Pick<
  EngineLink,
  'add' | 'remove' | 'command' | 'countUplink' | 'releaseUplink'
> {
  readonly #writer = new CommandWriter();
  readonly #post: (batch: Uint8Array<ArrayBuffer>) => void;
  #object: EngineObject | undefined;
  #isScheduled = false;

  constructor(post: (batch: Uint8Array<ArrayBuffer>) => void) {
    this.#post = post;
  }

  /** There is one object. */
  add(object: EngineObject): number {
    this.#object = object;
    return 1;
  }

  remove(): void {
    this.#object = undefined;
  }

  command(kind: Command | SystemCommand, handle: number, extra = 0): CommandWriter {
    if (!this.#isScheduled) queueMicrotask(() => this.#flush());
    this.#isScheduled = true;
    return this.#writer.begin(kind, handle, extra);
  }

  /** The module waits for answers, so nothing piles up. */
  countUplink(): void {}
  releaseUplink(): void {}

  deliver(batch: ArrayBuffer): void {
    const reader = new EventReader(batch);
    for (let record = reader.next(); record; record = reader.next()) {
      this.#object?.onRecord(record, reader);
    }
  }

  #flush(): void {
    this.#isScheduled = false;
    this.#post(this.#writer.take());
  }
}
