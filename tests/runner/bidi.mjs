// Commands of WebDriver BiDi (https://w3c.github.io/webdriver-bidi), over a WebSocket.
import { createRequire } from 'node:module';
import { inTree } from './tree.mjs';

const { WebSocket } = createRequire(inTree('js/package.json'))('ws');

export class Bidi {
  #socket;
  #asked = new Map();
  #last = 0;

  /// What the browser says of itself.
  capabilities;

  /// Resolves with a session. `connect` returns the stream to the browser.
  static async open(url, connect) {
    const self = new Bidi();
    self.#socket = new WebSocket(url, { createConnection: connect, perMessageDeflate: false });
    self.#socket.on('message', (text) => self.#hear(JSON.parse(text)));
    self.#socket.on('close', () => self.#fail(new Error('the browser hung up')));
    await new Promise((resolve, reject) => self.#socket.once('open', resolve).on('error', reject));
    ({ capabilities: self.capabilities } = await self.send('session.new', { capabilities: {} }));
    return self;
  }

  /// Resolves to the result.
  send(method, params) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { method, resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  close() {
    this.#socket.terminate();
  }

  #hear({ id, result, error, message }) {
    const asked = this.#asked.get(id);
    if (!asked) return; // an event
    this.#asked.delete(id);
    if (error) asked.reject(new Error(`${asked.method}: ${error}: ${message}`));
    else asked.resolve(result);
  }

  #fail(error) {
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
  }
}
