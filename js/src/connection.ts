import type { DatagramDuplexStream } from './datagrams.js';
import { FloeError } from './floe_error.js';
import { defineAsyncDispose } from './front/async_dispose.js';
import { Deferred } from './front/deferred.js';
import type { Gateway } from './gateway.js';
import { IceTransport } from './ice_transport.js';
import type { IceServer } from './ice_server.js';
import { Negotiation } from './negotiation.js';
import type { SignalingClient, SignalingPeer } from './signaling_client.js';
import type { SignalingMessageEvent } from './signaling_events.js';

interface ConnectionParts {
  gateway: Gateway;
  signaling: SignalingClient;
  peer: SignalingPeer;
  iceServers?: IceServer[] | undefined;
  abort?: AbortSignal | undefined;
  closeOwned: () => void;
}

/** A transport to a peer that was met in a room. connect() makes it. */
export class Connection {
  readonly transport: IceTransport;
  readonly peer: SignalingPeer;
  /** Resolves with a reason, possibly empty, when the connection is closed by either end. */
  readonly closed: Promise<string>;
  /** @internal Resolves when datagrams can be sent; rejects when no path works. */
  readonly connected: Promise<void>;

  readonly #parts: ConnectionParts;
  readonly #negotiation: Negotiation;
  readonly #closed = new Deferred<string>();
  readonly #connected = new Deferred<void>();
  readonly #onMessage = (event: SignalingMessageEvent): void => this.receive(event);
  readonly #onRejoined = (): void => this.#negotiation.repeat();
  #isClosed = false;

  static {
    defineAsyncDispose(this);
  }

  /** @internal */
  constructor(parts: ConnectionParts) {
    const { gateway, signaling, peer, iceServers, abort } = parts;
    this.#parts = parts;
    this.peer = peer;
    this.closed = this.#closed.promise;
    this.connected = this.#connected.promise;
    this.transport = new IceTransport({ gateway, role: peer.role });
    this.transport.addEventListener('statechange', () => this.#onState());
    this.#negotiation = new Negotiation(this.transport);
    this.#negotiation.onmessage = ({ message }) => this.#send(message);
    this.#negotiation.onbye = ({ reason }) => this.#finish(reason);
    signaling.addEventListener('message', this.#onMessage);
    signaling.addEventListener('joined', this.#onRejoined);
    abort?.addEventListener('abort', () => this.close(), { once: true });
    void this.transport.gather({ iceServers });
  }

  get datagrams(): DatagramDuplexStream {
    return this.transport.datagrams;
  }

  /** Sends one datagram, as IceTransport.send() does. */
  send(data: BufferSource): boolean {
    return this.transport.send(data);
  }

  /** Says goodbye to the peer, and closes the objects that connect() made. */
  close(reason = ''): void {
    if (this.#isClosed) return;
    this.#send({ type: 'bye', reason });
    this.#finish(reason);
  }

  /** @internal */
  receive({ message, from }: SignalingMessageEvent): void {
    if (from === this.peer.id && !this.#isClosed) this.#negotiation.receive(message);
  }

  #send(message: Parameters<SignalingClient['send']>[0]): void {
    const { signaling } = this.#parts;
    if (signaling.state !== 'closed') signaling.send(message, this.peer.id);
  }

  #onState(): void {
    const { state } = this.transport;
    if (state === 'connected' || state === 'completed') this.#connected.resolve();
    if (state === 'failed') this.#connected.reject(noPathError(this.transport));
    if (state === 'closed') this.#finish(this.transport.error?.message ?? '');
  }

  #finish(reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#parts.signaling.removeEventListener('message', this.#onMessage);
    this.#parts.signaling.removeEventListener('joined', this.#onRejoined);
    this.transport.stop();
    this.#connected.reject(
      this.transport.error ??
        new FloeError('AbortError', 'closed', reason || 'The connection was closed.'),
    );
    this.#closed.resolve(reason);
    this.#parts.closeOwned();
  }
}

function noPathError(transport: IceTransport): FloeError {
  const count = (n: number): string => `${n} candidate${n === 1 ? '' : 's'}`;
  const local = count(transport.getLocalCandidates().length);
  const remote = count(transport.getRemoteCandidates().length);
  return new FloeError(
    'NetworkError',
    'no-path',
    `No path works between ${local} here and ${remote} there. ${transport.explanation}`.trim(),
    {
      hint:
        "The gateway must be able to send UDP to one of the peer's addresses: check its policy, " +
        'and that no firewall between the two drops UDP.',
    },
  );
}
