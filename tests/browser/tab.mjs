// A tab of a browser, which can be hidden behind another one. Playwright keeps all of its own pages
// visible, so this one is opened and asked by Chromium's protocol.
import { setTimeout as sleep } from 'node:timers/promises';

const kPollMs = 20;

export class Tab {
  #browser;
  #id;
  #session;
  #cover;
  #asked = 0;
  #waiting = new Map();

  static async open(browser, url) {
    const tab = new Tab();
    tab.#browser = await browser.newBrowserCDPSession();
    tab.#browser.on('Target.receivedMessageFromTarget', ({ message }) => tab.#take(message));
    tab.#id = await tab.#create(url, true);
    const attach = { targetId: tab.#id, flatten: false };
    ({ sessionId: tab.#session } = await tab.#browser.send('Target.attachToTarget', attach));
    const isThere = () => document.readyState === 'complete' && location.href !== 'about:blank';
    while (!(await tab.evaluate(isThere))) await sleep(kPollMs);
    return tab;
  }

  /// Another tab comes in front of it.
  async hide() {
    this.#cover ??= await this.#create('about:blank', false);
    await this.#activate(this.#cover);
  }

  show() {
    return this.#activate(this.#id);
  }

  /// As Playwright's page does.
  async evaluate(work, argument) {
    const expression = `(${work})(${JSON.stringify(argument)})`;
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.#ask('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'it throws');
    return result.value;
  }

  textContent(selector) {
    return this.evaluate((wanted) => document.querySelector(wanted)?.textContent ?? '', selector);
  }

  async #create(url, newWindow) {
    return (await this.#browser.send('Target.createTarget', { url, newWindow })).targetId;
  }

  #activate(targetId) {
    return this.#browser.send('Target.activateTarget', { targetId });
  }

  #ask(method, params) {
    const id = ++this.#asked;
    const message = JSON.stringify({ id, method, params });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const sessionId = this.#session;
      this.#browser.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
    });
  }

  #take(message) {
    const { id, result, error } = JSON.parse(message);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result);
  }
}
