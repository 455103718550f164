import { Kind, type EchoMeter } from './echo_meter.js';
import { element } from './elements.js';

const entriesMax = 6;

/** The messages, newest first, each with its result. */
export class MessageLog {
  readonly #list = element<HTMLOListElement>('log');

  async say(text: string, meter: EchoMeter): Promise<void> {
    const fate = this.#add(text, 'sent');
    const ms = await meter.echo(new TextEncoder().encode(text), Kind.text);
    const item = fate.parentElement;
    if (item) item.dataset.fate = ms === undefined ? 'lost' : 'back';
    fate.textContent = ms === undefined ? 'lost' : `echoed after ${formatMs(ms)} ms`;
  }

  hear(text: string): void {
    this.#add(text, 'from the other page');
  }

  /** Returns the element that shows the result. */
  #add(text: string, result: string): HTMLSpanElement {
    const item = document.createElement('li');
    const said = document.createElement('span');
    const fate = document.createElement('span');
    said.textContent = text;
    fate.textContent = result;
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
