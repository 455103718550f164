import { IceTransport, Negotiation, SignalingClient } from '../../dist/node.js';
import { isOnThisHost, unreachableError } from '../../dist/tools.js';

/** Echoes to every member of a room that connects. */
export class EchoDevice {
  #options;
  #say;
  #signaling;
  #visits = new Map();
  #isAway = false;
  #finish;
  /** Resolves with the exit status. */
  finished = new Promise((resolve) => (this.#finish = resolve));

  constructor(roomUrl, { gateway, name, stun, token }, say) {
    const ofSystem = { loopback: isOnThisHost(roomUrl) };
    this.#options = { ...(gateway ? { gateway, token } : ofSystem), stun };
    this.#say = say;
    this.#signaling = new SignalingClient(roomUrl, { name, token, offers: ['echo'] });
    this.#signaling.onpeerjoined = ({ peer }) => say(`${peer.name} (${peer.id}) is in the room`);
    this.#signaling.onpeerleft = ({ peer }) => this.#end(peer.id, 'left the room');
    this.#signaling.onmessage = ({ message, from }) => this.#visitOf(from)?.receive(message);
    this.#signaling.onstatechange = () => this.#onState();
    this.#signaling.joined.then(
      () => say(`in the room, as "${name}": waiting for others`),
      () => {}, // the state tells it
    );
  }

  close() {
    for (const id of this.#visits.keys())
      this.#signaling.send({ type: 'bye', reason: 'closed' }, id);
    for (const visit of this.#visits.values()) visit.close();
    this.#signaling.close();
    this.#finish(0);
  }

  #onState() {
    const { state, error } = this.#signaling;
    if (state === 'joined') this.#isAway = false;
    if (state === 'waiting') this.#miss();
    if (state !== 'closed' || !error) return;
    process.stderr.write(`floe echo: ${error.message}\n`);
    for (const visit of this.#visits.values()) visit.close();
    this.#finish(1);
  }

  /** Tells once that the server is not there, or was lost, and why; the client tries on. */
  async #miss() {
    if (this.#isAway) return;
    this.#isAway = true;
    const { message } = await unreachableError(this.#signaling.url);
    if (this.#isAway && this.#signaling.state !== 'closed')
      process.stderr.write(`floe echo: ${message} It tries on.\n`);
  }

  #visitOf(id) {
    const known = this.#visits.get(id);
    if (known?.isOpen) return known;
    const peer = this.#signaling.peers.find((one) => one.id === id);
    if (!peer) return undefined;
    const send = (message) => this.#signaling.send(message, id);
    const visit = new Visit(peer, this.#options, send, this.#say);
    this.#visits.set(id, visit);
    return visit;
  }

  #end(id, why) {
    const visit = this.#visits.get(id);
    if (!visit) return;
    this.#say(`${visit.name} ${why}`);
    visit.close();
    this.#visits.delete(id);
  }
}

/** The connection to one member. */
class Visit {
  name;
  #transport;
  #negotiation;

  constructor(peer, { gateway, token, loopback, stun }, send, say) {
    this.name = `${peer.name} (${peer.id})`;
    this.#transport = new IceTransport({ gateway, token, loopback, role: peer.role });
    this.#transport.ondatagram = ({ data }) => this.#transport.send(data);
    this.#transport.onstatechange = () => {
      const { state, explanation, error } = this.#transport;
      say(
        `${this.name}: ${state}${explanation || error ? `. ${explanation || error.message}` : ''}`,
      );
    };
    this.#transport.onsecure = () => {
      const { words, peerFingerprint } = this.#transport.security;
      say(`${this.name}: encrypted. Words to compare: ${words || '(none yet)'}`);
      say(`${this.name}: certificate ${peerFingerprint}`);
    };
    this.#negotiation = new Negotiation(this.#transport);
    this.#negotiation.onmessage = ({ message }) => send(message);
    const iceServers = stun.map((urls) => ({ urls }));
    this.#transport.gather({ iceServers }).catch(() => {}); // statechange tells it
  }

  get isOpen() {
    return !['closed', 'failed'].includes(this.#transport.state);
  }

  receive(message) {
    this.#negotiation.receive(message);
  }

  close() {
    this.#transport.onstatechange = null;
    this.#transport.stop();
  }
}
