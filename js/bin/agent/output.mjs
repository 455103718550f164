/** The reports of the agent: one JSON object a line, and nothing after `closed`. */
export class Output {
  #stream;
  #closed = false;

  constructor(stream) {
    this.#stream = stream;
  }

  /** A signalling message, as it is. */
  message(message) {
    this.#line(message);
  }

  event(event, members) {
    this.#line({ event, ...members });
  }

  error(code, message) {
    this.event('error', { code, message });
  }

  closed(reason) {
    this.event('closed', { reason });
    this.#closed = true;
  }

  #line(object) {
    if (!this.#closed) this.#stream.write(`${JSON.stringify(object)}\n`);
  }
}
