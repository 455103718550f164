import { element, setText } from './elements.js';
import type {
  PartAction,
  PartName,
  PartView,
  PartViews,
  RunnerAnswer,
  RunnerClient,
} from './runner_client.js';

const lookEveryMs = 1000;
/** After no answer: a page that was left open does not fill its console. */
const lookAgainMs = 10_000;
const names: readonly PartName[] = ['device', 'gateway'];
const tones: Record<PartView['state'], string> = {
  starting: 'busy',
  running: 'good',
  killed: 'bad',
  ended: 'bad',
};

/** Kills and starts the parts of the demo, and says how each is. */
export class PartsPanel {
  readonly #runner: RunnerClient;
  readonly #views: Partial<PartViews> = {};
  readonly #busy = new Set<PartName>();
  #actionError = '';

  constructor(runner: RunnerClient) {
    this.#runner = runner;
    element('parts').hidden = false;
    for (const name of names) {
      this.#button(name).addEventListener('click', () => void this.#act(name));
    }
    void this.#watch();
  }

  async #watch(): Promise<void> {
    for (;;) {
      const isThere = await this.#take(this.#runner.view());
      const pauseMs = isThere ? lookEveryMs : lookAgainMs;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  async #act(name: PartName): Promise<void> {
    if (this.#busy.has(name)) return; // it is not disabled, because it would lose the focus
    const action = this.#action(name);
    this.#busy.add(name);
    this.#actionError = '';
    const words = action === 'kill' ? 'is being killed' : 'is starting';
    this.#show(name, { state: 'starting', words });
    const answer = this.#runner.act(name, action);
    await answer.catch(() => {});
    this.#busy.delete(name);
    await this.#take(answer);
  }

  #action(name: PartName): PartAction {
    return this.#views[name]?.state === 'running' ? 'kill' : 'start';
  }

  /** Shows the answer; the error of an action stays until the next action. */
  async #take(answer: Promise<RunnerAnswer>): Promise<boolean> {
    try {
      const { parts, error } = await answer;
      for (const name of names) if (!this.#busy.has(name)) this.#show(name, parts[name]);
      this.#actionError = error ?? this.#actionError;
      this.#complain(this.#actionError);
      return true;
    } catch (error) {
      this.#complain(error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  #complain(text: string): void {
    setText('parts-error', text);
    element('parts-error').hidden = text === '';
  }

  #show(name: PartName, view: PartView): void {
    this.#views[name] = view;
    const state = element(`${name}-state`);
    state.dataset.tone = tones[view.state];
    state.dataset.state = view.state;
    setText(`${name}-state`, view.words);
    const button = this.#button(name);
    button.textContent = `${this.#action(name) === 'kill' ? 'Kill' : 'Start'} the ${name}`;
    button.setAttribute('aria-disabled', String(view.state === 'starting'));
  }

  #button(name: PartName): HTMLButtonElement {
    return element<HTMLButtonElement>(`${name}-button`);
  }
}
