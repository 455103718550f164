/** One part of the demo, as its runner sees it. */
export interface PartView {
  state: 'starting' | 'running' | 'killed' | 'ended';
  words: string;
}

export type PartName = 'gateway' | 'device';
export type PartAction = 'kill' | 'start';
export type PartViews = Record<PartName, PartView>;

export interface RunnerAnswer {
  parts: PartViews;
  /** Why it was not done. */
  error?: string;
}

const patienceMs = 12_000;

/**
 * The program that started the demo, on this machine: it kills parts of the demo and starts them
 * again.
 */
export class RunnerClient {
  readonly #base: string;
  readonly #token: string;

  private constructor(port: string, token: string) {
    this.#base = `http://127.0.0.1:${port}/parts`;
    this.#token = token;
  }

  /** `control` is PORT.TOKEN; undefined when it is not. */
  static of(control: string): RunnerClient | undefined {
    const [, port, token] = /^(\d{1,5})\.([\w-]+)$/.exec(control) ?? [];
    return port && token ? new RunnerClient(port, token) : undefined;
  }

  view(): Promise<RunnerAnswer> {
    return this.#ask('GET', '');
  }

  /** Resolves when it is done, or with the reason why it is not. */
  act(part: PartName, action: PartAction): Promise<RunnerAnswer> {
    return this.#ask('POST', `/${part}/${action}`);
  }

  async #ask(method: string, path: string): Promise<RunnerAnswer> {
    const response = await fetch(this.#base + path, {
      method,
      headers: { authorization: `Bearer ${this.#token}` },
      signal: AbortSignal.timeout(patienceMs),
    }).catch((cause: unknown) => {
      throw new Error('demo/run does not answer. Has it ended?', { cause });
    });
    const answer = (await response.json()) as RunnerAnswer;
    if (!response.ok) throw new Error(answer.error ?? `demo/run answers ${response.status}.`);
    return answer;
  }
}
