// The page of the demo as a person sees it: what it says, and what it shows.
import { setTimeout as sleep } from 'node:timers/promises';

const kLookEveryMs = 50;
const kPatienceMs = 10_000;

export class DemoPage {
  constructor(page) {
    this.page = page;
  }

  static async open(browser, url, context) {
    const page = await browser.newPage(context);
    await page.goto(url);
    return new DemoPage(page);
  }

  text(selector) {
    return this.page.textContent(selector);
  }

  /// Waits until the element says that; returns how long it took, in milliseconds.
  says(selector, words, patienceMs = kPatienceMs) {
    return this.#until(
      async () => words.test(await this.text(selector)),
      async () => `${selector} says "${await this.text(selector)}", and not ${words}`,
      patienceMs,
    );
  }

  connected(words = /exchange UDP datagrams/) {
    return this.says('#words', words);
  }

  /// Waits for the next echo; returns how long it took.
  async echoes(patienceMs = kPatienceMs) {
    const before = await this.#number('#returned');
    return this.#until(
      async () => (await this.#number('#returned')) > before,
      async () => `no echo within ${patienceMs / 1000} s; it says "${await this.text('#words')}"`,
      patienceMs,
    );
  }

  /// By the keyboard alone, so that what is tested is what everybody can reach.
  async press(selector) {
    await this.page.focus(selector);
    await this.page.keyboard.press('Enter');
  }

  /// {least, median, gatewayLeast, gatewayMedian} in milliseconds, once all four are shown.
  async figures() {
    const ids = ['rtt-least', 'rtt-median', 'rtt-gateway-least', 'rtt-gateway-median'];
    for (const id of ids) await this.says(`#${id}`, /^[\d.]+ ms$/);
    const [least, median, gatewayLeast, gatewayMedian] = await this.page.evaluate(
      (all) => all.map((id) => parseFloat(document.querySelector(`#${id}`).textContent)),
      ids,
    );
    return { least, median, gatewayLeast, gatewayMedian };
  }

  /// What is shown must be what the transport in use has: "here 192.0.2.1 4000", sorted.
  candidates() {
    return this.page.evaluate(() => {
      const shown = [...document.querySelectorAll('#candidates tr:not(.empty)')].map((row) =>
        [row.dataset.side, row.cells[3].textContent, row.cells[4].textContent].join(' '),
      );
      const { transport } = window.floe;
      const pair = transport.getSelectedCandidatePair();
      const here = [...transport.getLocalCandidates(), pair.local];
      const there = [...transport.getRemoteCandidates(), pair.remote];
      const text = (side) => (one) => `${side} ${one.address} ${one.port}`;
      const known = new Set([...here.map(text('here')), ...there.map(text('there'))]);
      const selected = document.querySelectorAll('#candidates tr.selected').length;
      return { shown: shown.sort(), known: [...known].sort(), selected };
    });
  }

  #number(selector) {
    return this.text(selector).then((text) => Number(text.replaceAll(',', '')));
  }

  async #until(holds, complaint, patienceMs) {
    const begin = performance.now();
    while (!(await holds())) {
      if (performance.now() - begin > patienceMs) throw new Error(await complaint());
      await sleep(kLookEveryMs);
    }
    return Math.round(performance.now() - begin);
  }
}
