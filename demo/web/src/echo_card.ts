import type { Connection, Gateway } from 'floe';

import { EchoMeter, type EchoCounters } from './echo_meter.js';
import { echoRun } from './echo_run.js';
import { element, setText } from './elements.js';
import { formatMs, MessageLog } from './message_log.js';

const controls = ['say', 'say-button', 'thousand'];
const runSize = 1000;

/** The datagrams that are exchanged: their counters, the run of many, and the messages. */
export class EchoCard {
  /** As of the meter. */
  onroundtrip: (ms: number | undefined, gateway: Gateway | null) => void = () => {};

  readonly #log = new MessageLog();
  #meter: EchoMeter | undefined;

  constructor() {
    element('thousand').addEventListener('click', () => void this.run(runSize));
    element('say-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#say(element<HTMLInputElement>('say'));
    });
  }

  begin(connection: Connection): void {
    this.#meter = new EchoMeter(connection);
    this.#meter.onroundtrip = (ms, gateway) => this.onroundtrip(ms, gateway);
    this.#meter.onsaid = (text) => this.#log.hear(text);
    this.#enable(true);
  }

  end(): void {
    this.#meter?.stop();
    this.#meter = undefined;
    this.#enable(false);
  }

  async run(count: number): Promise<void> {
    if (!this.#meter) return;
    const button = element<HTMLButtonElement>('thousand');
    const bar = element<HTMLProgressElement>('run-bar');
    button.disabled = true;
    bar.max = count;
    element('run').hidden = false;
    const ms = await echoRun(this.#meter, count, (echoed) => {
      document.body.dataset.echoed = String(echoed);
      bar.value = echoed;
      if (echoed % 50 === 0 || echoed === count) setText('run-text', `${echoed} of ${count}`);
    });
    const many = count.toLocaleString('en');
    if (ms !== undefined) setText('run-text', `${many} in ${formatMs(ms)} ms`);
    else setText('run-text', `The connection ended before ${many} were back.`);
    button.disabled = !this.#meter;
  }

  refresh(): void {
    if (this.#meter) this.#show(this.#meter.counters);
  }

  /** Forgets the figures of the last connection. */
  clear(): void {
    this.#show({ sent: 0, returned: 0, lost: 0, bytes: 0 });
    element('run').hidden = true;
  }

  #show({ sent, returned, lost, bytes }: EchoCounters): void {
    setText('sent', sent.toLocaleString('en'));
    setText('returned', returned.toLocaleString('en'));
    setText('lost', lost.toLocaleString('en'));
    setText('bytes', formatBytes(bytes));
  }

  #say(input: HTMLInputElement): void {
    if (this.#meter && input.value) void this.#log.say(input.value, this.#meter);
    input.value = '';
  }

  #enable(enabled: boolean): void {
    for (const id of controls) element<HTMLInputElement>(id).disabled = !enabled;
  }
}

function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
