import { Gateway, IceTransport, Negotiation, SignalingClient } from '../../dist/node.js';
import { readLines } from './input_lines.mjs';
import { linkOptions } from './link_options.mjs';
import { Orders } from './orders.mjs';
import { isOnThisHost } from '../../dist/tools.js';
import { reportTransport, warnOfPlaintext } from './transport_reports.mjs';

/** Runs until it is closed, with the first peer in the room of `options.signal`. */
export async function startInRoom(options, output, input) {
  warnOfPlaintext(options);
  const agent = new RoomAgent(options, output);
  const onLine = (line) => agent.takeLine(line);
  const onTooLong = (max) => output.error('too-big', `a line has at most ${max} bytes`);
  void readLines(input, onLine, onTooLong).then(
    () => agent.close('eof'),
    () => agent.close('eof'),
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => agent.close('local'));
  return agent.finished;
}

class RoomAgent {
  #options;
  #output;
  #gateway;
  #signaling;
  #peer;
  #transport;
  #negotiation;
  #orders;
  #closed = false;
  #finish;

  constructor(options, output) {
    this.#options = options;
    this.#output = output;
    this.finished = new Promise((resolve) => (this.#finish = resolve));
    const link = { ...linkOptions(options), token: options.token };
    if (options.gateway) {
      this.#gateway = new Gateway(options.gateway, link);
      this.#gateway.closed.then(() => this.#onLost(this.#gateway.error));
    }
    const { offers } = options;
    this.#signaling = new SignalingClient(options.signal, { ...link, name: 'agent', offers });
    // Those that were there before come one right after the other: the choice is among all of them.
    this.#signaling.onpeerjoined = ({ peer }) => {
      if (this.#peer) this.#meetAgain(peer);
      else queueMicrotask(() => this.#choose());
    };
    this.#signaling.onmessage = ({ message, from }) => {
      // It may be in the same packet as the news of its sender, and then comes first.
      this.#choose();
      if (from === this.#peer?.id) this.#negotiation.receive(message);
    };
    this.#signaling.onerror = ({ error }) => output.error('bad-message', error.message);
    this.#signaling.onstatechange = () => {
      if (this.#signaling.state === 'closed') this.#onLost(this.#signaling.error);
    };
  }

  takeLine(line) {
    let order;
    try {
      order = JSON.parse(line);
    } catch {
      return this.#output.error('bad-message', 'text is not one JSON value');
    }
    if (order?.command === 'close') this.close('local');
    else if (order?.command !== undefined && this.#orders) this.#orders.carryOut(order);
    else if (order?.command !== undefined)
      this.#output.error('not-connected', 'no peer is in the room yet');
  }

  close(reason, status = 0) {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#peer && reason !== 'remote' && this.#signaling.state !== 'closed') {
      this.#signaling.send(
        { type: 'bye', reason: reason === 'eof' ? 'end of input' : 'closed' },
        this.#peer.id,
      );
    }
    this.#transport?.stop();
    this.#output.closed(reason);
    this.#signaling.close();
    this.#gateway?.close();
    this.#finish(status);
  }

  #choose() {
    if (this.#closed || this.#peer) return;
    const chosen = this.#choice();
    if (chosen) this.#meet(chosen);
  }

  /** The first that offers what is sought, or the first that does not say what it offers. */
  #choice() {
    const { peers } = this.#signaling;
    const { seeks } = this.#options;
    if (seeks === undefined) return peers[0];
    return (
      peers.find(({ offers }) => offers.includes(seeks)) ?? peers.find(({ offers }) => !offers[0])
    );
  }

  #meet(peer) {
    this.#peer = peer;
    const { components, pacing, ta, bind, trickle, lite, nomination } = this.#options;
    const { iceServers, gatherPolicy, family, portRange } = this.#options;
    const ofSystem = {
      ...linkOptions(this.#options),
      loopback: isOnThisHost(this.#options.signal),
    };
    this.#transport = new IceTransport({
      ...(this.#gateway ? { gateway: this.#gateway } : ofSystem),
      ...{ role: peer.role, components, pacing, ta, addresses: bind, lite, nomination },
    });
    this.#negotiation = new Negotiation(this.#transport, {
      ...this.#options.security,
      trickle,
    });
    this.#negotiation.onmessage = ({ message }) => this.#signaling.send(message, this.#peer.id);
    this.#negotiation.onerror = ({ error }) => this.#output.error('bad-message', error.message);
    this.#negotiation.onskipped = ({ candidate, reason }) =>
      this.#output.event('skipped', { candidate, reason });
    reportTransport(this.#transport, this.#output, this.#options);
    this.#transport.addEventListener('statechange', () => {
      if (this.#transport.state === 'closed') this.#onLost(this.#transport.error);
    });
    this.#orders = new Orders(this.#transport, this.#output, (reason) => this.close(reason));
    // statechange reports a failure.
    this.#transport.gather({ iceServers, gatherPolicy, family, portRange }).catch(() => {});
  }

  /** Messages that were sent while the peer was away are lost, so they are repeated. */
  #meetAgain(peer) {
    if (peer.id === this.#peer.id) this.#negotiation.repeat();
  }

  /** The transport, gateway or room is closed: by the peer's bye, or by an error. */
  #onLost(error) {
    if (this.#closed) return;
    if (error) process.stderr.write(`floe agent: ${error.message}\n`);
    this.close('remote', error ? 1 : 0);
  }
}
