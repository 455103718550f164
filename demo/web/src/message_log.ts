import { element } from './elements.js';
import type { EchoMeter } from './echo_meter.js';

const entriesMax = 6;

/** The messages, newest first, each with its result. */
export class MessageLog {
  readonly #list = element<HTMLOListElement>('log');

  async say(text: string, meter: EchoMeter): Promise<void> {
    const fate = this.#add(text);
    const ms = await meter.echo(new TextEncoder().encode(text));
    const item = fate.parentElement;
    if (item) item.dataset.fate = ms === undefined ? 'lost' : 'back';
    fate.textContent = ms === undefined ? 'lost' : `echoed after ${formatMs(ms)} ms`;
  }

  /** Returns the element that will show the result. */
  #add(text: string): HTMLSpanElement {
    const item = document.createElement('li');
    const said = document.createElement('span');
    const fate = document.createElement('span');
    said.textContent = text;
    fate.textContent = 'sent';
    item.append(said, fate);
    this.#list.prepend(item);
    while (this.#list.children.length > entriesMax) this.#list.lastElementChild?.remove();
    return fate;
  }
}

/** Milliseconds with about three significant digits. */
export function formatMs(ms: number): string {
  return ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : ms.toFixed(0);
}
