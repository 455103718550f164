const datagramSizeMax = 65507;
const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Carries out the commands of standard input on a transport. */
export class Orders {
  #transport;
  #output;
  #close;

  /** `close` takes the reason. */
  constructor(transport, output, close) {
    this.#transport = transport;
    this.#output = output;
    this.#close = close;
  }

  /** Unknown commands belong to a later version and are ignored. */
  carryOut(order) {
    if (typeof order.command !== 'string') this.#bad('"command" is not a string');
    else if (order.command === 'send') this.#send(order);
    else if (order.command === 'stats') void this.#stats(order);
    else if (order.command === 'restart') this.#transport.restart().catch(() => {});
    else if (order.command === 'close') this.#close('local');
  }

  #send({ base64, component = 1 }) {
    if (typeof base64 !== 'string')
      return this.#bad('send needs a member "base64" that is a string');
    if (!base64Pattern.test(base64)) return this.#bad('"base64" is not base64 with padding');
    if (!Number.isInteger(component) || component < 1 || component > 256) {
      return this.#bad('"component" is not 1 to 256');
    }
    const datagram = Buffer.from(base64, 'base64');
    if (datagram.length > datagramSizeMax) {
      return this.#output.error('too-big', `a datagram has at most ${datagramSizeMax} bytes`);
    }
    if (!this.#transport.send(datagram, component)) this.#notSent(datagram, component);
  }

  #notSent(datagram, component) {
    if (!this.#transport.getSelectedCandidatePair(component)) {
      const text = 'there is no path to the peer, and datagrams are not kept for one';
      return this.#output.error('not-connected', text);
    }
    const max = this.#transport.datagrams.maxDatagramSize;
    if (datagram.length > max) {
      return this.#output.error('too-big', `this path carries at most ${max} bytes`);
    }
    this.#output.error('queue-full', 'the datagram was not sent: a queue on the way out is full');
  }

  async #stats({ id = 0 }) {
    if (!Number.isInteger(id)) return this.#bad('"id" is not an integer');
    const report = await this.#transport.getStats();
    this.#output.event('stats', { id, report: [...report.values()] });
  }

  #bad(text) {
    this.#output.error('bad-command', text);
  }
}
