import { closedError, FloeError } from '../floe_error.js';
import { Deferred } from '../front/deferred.js';
import type { IceServer } from '../ice_server.js';
import { IceTransport } from '../ice_transport.js';
import type { IceTransportOptions } from '../ice_transport_options.js';
import { Negotiation, type NegotiationOptions } from '../negotiation.js';
import type { TransportSecurity } from '../security.js';
import type { SignalingClient, SignalingPeer } from '../signaling_client.js';
import type { PeerLeftEvent } from '../signaling_events.js';
import type { SignalingMessage } from '../signaling_message.js';
import {
  answerMs,
  noAnswerError,
  outdoneError,
  pathMs,
  type Attempt,
  type AttemptListener,
  type AttemptParts,
} from './attempt.js';
import { isSilent } from './silence.js';

export interface TransportAttemptParts extends AttemptParts {
  /** Where the transport gets its sockets. */
  sockets: IceTransportOptions;
  iceServers?: IceServer[] | undefined;
  negotiation: NegotiationOptions;
}

/** A transport to one member of the room, and its negotiation. */
export class TransportAttempt implements Attempt {
  declare readonly peer: SignalingPeer;
  declare readonly transport: IceTransport;
  declare readonly connected: Promise<void>;

  readonly #signaling: SignalingClient;
  readonly #negotiation: Negotiation;
  readonly #connected = new Deferred<void>();
  readonly #silence: ReturnType<typeof setTimeout>;
  readonly #slow: ReturnType<typeof setTimeout>;
  readonly #onRejoined = (): void => this.#negotiation.repeat();
  readonly #onLeft = ({ peer }: PeerLeftEvent): void => {
    if (peer.id === this.peer.id && !this.isUp) this.#connected.reject(noAnswerError(peer));
  };

  constructor({ sockets, signaling, peer, iceServers, ...rest }: TransportAttemptParts) {
    const { negotiation, onchange, onbye, onslow } = rest;
    this.peer = peer;
    this.#signaling = signaling;
    this.connected = this.#connected.promise;
    this.transport = new IceTransport({ ...sockets, role: peer.role });
    this.transport.addEventListener('statechange', () => {
      this.#onState();
      onchange();
    });
    this.#negotiation = new Negotiation(this.transport, negotiation);
    this.#negotiation.onmessage = ({ message }) => this.#send(message);
    this.#negotiation.onbye = ({ reason }) => onbye(reason);
    signaling.addEventListener('joined', this.#onRejoined);
    signaling.addEventListener('peerleft', this.#onLeft);
    this.#silence = setTimeout(() => this.#connected.reject(noAnswerError(peer)), answerMs);
    this.#slow = setTimeout(() => onslow(slowPathError(this.transport)), pathMs);
    const settled = (): void => clearTimeout(this.#slow);
    this.connected.then(settled, settled);
    this.transport.gather({ iceServers }).catch((error: unknown) => this.#connected.reject(error));
  }

  get isUp(): boolean {
    const { state } = this.transport;
    return state === 'connected' || state === 'completed';
  }

  get hasEnded(): boolean {
    const { state } = this.transport;
    return state === 'closed' || state === 'failed';
  }

  get reason(): string {
    const { explanation, error } = this.transport;
    return explanation || error?.message || 'The peer does not answer any more.';
  }

  get security(): TransportSecurity | null {
    return this.transport.security;
  }

  get maxDatagramSize(): number {
    return this.transport.datagrams.maxDatagramSize;
  }

  receive(message: SignalingMessage): void {
    clearTimeout(this.#silence);
    this.#negotiation.receive(message);
  }

  giveWay(service: string): void {
    this.#connected.reject(outdoneError(this.peer, service));
  }

  listen({ datagram, secure }: AttemptListener): void {
    this.transport.addEventListener('datagram', datagram);
    this.transport.addEventListener('secure', secure);
  }

  send(data: Uint8Array): boolean {
    return this.transport.agent.sender.send(data);
  }

  whenWritable(): Promise<void> {
    return this.transport.agent.sender.whenWritable();
  }

  isSilent(): Promise<boolean> {
    return isSilent(this.transport);
  }

  close(farewell?: string): void {
    clearTimeout(this.#silence);
    if (farewell !== undefined) {
      // The farewell must not overtake a datagram that was sent right before.
      this.transport.agent.engine.link.flush();
      this.#send({ type: 'bye', reason: farewell });
    }
    this.#signaling.removeEventListener('joined', this.#onRejoined);
    this.#signaling.removeEventListener('peerleft', this.#onLeft);
    this.transport.stop();
    this.#connected.reject(closedError('connection'));
  }

  #send(message: SignalingMessage): void {
    if (this.#signaling.state !== 'closed') this.#signaling.send(message, this.peer.id);
  }

  #onState(): void {
    if (this.isUp) this.#connected.resolve();
    const { state } = this.transport;
    if (state === 'failed') this.#connected.reject(noPathError(this.transport));
    if (state === 'closed')
      this.#connected.reject(this.transport.error ?? closedError('connection'));
  }
}

/** "3 candidates here and 1 candidate there". */
function ends(transport: IceTransport): string {
  const count = ({ length }: unknown[]): string => `${length} candidate${length === 1 ? '' : 's'}`;
  const local = count(transport.getLocalCandidates());
  return `${local} here and ${count(transport.getRemoteCandidates())} there`;
}

function slowPathError(transport: IceTransport): FloeError {
  return new FloeError('TimeoutError', 'no-path-yet', `No path yet between ${ends(transport)}.`, {
    hint: 'The checks go on for half a minute; a TURN server in `iceServers` passes most networks.',
  });
}

function noPathError(transport: IceTransport): FloeError {
  return new FloeError(
    'NetworkError',
    'no-path',
    `No path works between ${ends(transport)}. ${transport.explanation}`.trim(),
    {
      hint: transport.gateway
        ? "The gateway must be able to send UDP to one of the peer's addresses: check its policy, " +
          'and that no firewall between the two drops UDP.'
        : 'Check that no firewall between the two drops UDP. Behind NATs that hide their ports, ' +
          'pass a TURN server in `iceServers`.',
    },
  );
}
