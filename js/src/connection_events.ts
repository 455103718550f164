import type { DatagramEvent } from './events.js';
import type { FloeErrorCode } from './error_codes.js';
import type { FloeError } from './floe_error.js';

/** Something is missing, and the connection waits for it: no member in the room, no gateway, … */
export class WaitingEvent extends Event {
  /** What is missing, why, and what to do. */
  declare readonly error: FloeError;

  constructor(type: string, error: FloeError) {
    super(type);
    this.error = error;
  }

  get code(): FloeErrorCode {
    return this.error.code;
  }

  get reason(): string {
    return this.error.message;
  }
}

/** The path is lost, and another is looked for. */
export class ReconnectingEvent extends Event {
  declare readonly reason: string;

  constructor(type: string, reason: string) {
    super(type);
    this.reason = reason;
  }
}

export interface ConnectionEvents {
  datagram: DatagramEvent;
  waiting: WaitingEvent;
  reconnecting: ReconnectingEvent;
  reconnected: Event;
  secure: Event;
  pathchange: Event;
  statechange: Event;
}
