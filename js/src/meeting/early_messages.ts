import type { SignalingMessage } from '../signaling_message.js';

/** The most messages that are kept; the oldest go first. */
const messagesMax = 64;

/**
 * Messages of members to which no attempt was made yet: one may come at the same moment as its
 * sender joins.
 */
export class EarlyMessages {
  #messages: { from: string; message: SignalingMessage }[] = [];

  keep(from: string, message: SignalingMessage): void {
    this.#messages.push({ from, message });
    if (this.#messages.length > messagesMax) this.#messages.shift();
  }

  /** Those of one member, in order. */
  take(from: string): SignalingMessage[] {
    const taken = this.#messages.filter((each) => each.from === from);
    this.#messages = this.#messages.filter((each) => each.from !== from);
    return taken.map(({ message }) => message);
  }
}
