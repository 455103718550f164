// Adds up results and prints them: a line a suite, then the line that machines read.
//
// A result is {name, passed, failed, skipped, why}; the counts default to 0.

export class Report {
  #lines = [];
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  #started = performance.now();

  constructor({ strict }) {
    this.strict = strict;
  }

  add(suite, results, seconds) {
    const sum = (key) => results.reduce((total, result) => total + (result[key] ?? 0), 0);
    let [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
    const reasons = results
      .filter((result) => (result.failed || result.skipped) && result.why)
      .map((result) => `${result.name}: ${result.why}`);
    if (this.strict && skipped > 0) {
      failed += skipped;
      skipped = 0;
    }
    if (passed + failed + skipped === 0) {
      failed = 1;
      reasons.push('ran no test');
    }
    this.#passed += passed;
    this.#failed += failed;
    this.#skipped += skipped;
    const verdict = failed > 0 ? 'FAILED' : 'ok';
    this.#lines.push(
      `${suite.padEnd(8)} ${verdict.padEnd(6)} ${passed} passed, ${failed} failed, ${skipped} skipped` +
        ` in ${seconds.toFixed(0)} s${reasons.map((reason) => `\n         ${reason}`).join('')}`,
    );
    console.log(this.#lines.at(-1));
  }

  finish() {
    const inAll = (performance.now() - this.#started) / 1000;
    console.log(`\n${this.#lines.join('\n')}\nin all ${inAll.toFixed(0)} s\n`);
    console.log(`${this.#passed} passed, ${this.#failed} failed, ${this.#skipped} skipped`);
    return this.#failed > 0 ? 1 : 0;
  }
}
