// A page of Firefox, with the verbs of a page of Playwright that our tests use.

export class FirefoxPage {
  #bidi;
  #context;

  constructor(bidi, context) {
    this.#bidi = bidi;
    this.#context = context;
  }

  async goto(url) {
    await this.#bidi.send('browsingContext.navigate', {
      context: this.#context,
      url,
      wait: 'complete',
    });
  }

  /// `work` is a function or the text of an expression. Argument and result pass as JSON.
  async evaluate(work, argument = null) {
    const value = typeof work === 'function' ? `(${work})(JSON.parse(json))` : `(${work})`;
    const answer = await this.#bidi.send('script.callFunction', {
      functionDeclaration: `async (json) => JSON.stringify((await ${value}) ?? null)`,
      arguments: [{ type: 'string', value: JSON.stringify(argument) }],
      target: { context: this.#context },
      awaitPromise: true,
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return JSON.parse(answer.result.value);
  }

  async close() {
    await this.#bidi.send('browsingContext.close', { context: this.#context });
  }
}
