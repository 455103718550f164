import { onAbort } from './check_options.js';
import type { ConnectOptions } from './connect_options.js';
import { ReconnectingEvent, WaitingEvent, type ConnectionEvents } from './connection_events.js';
import type { BytesLike } from './bytes.js';
import { bytesOf, DatagramDuplexStream, type ReceivedDatagram } from './datagrams.js';
import { DatagramEvent } from './events.js';
import { closedError, FloeError } from './floe_error.js';
import { defineAsyncDispose, type AsyncDispose } from './front/async_dispose.js';
import { Deferred } from './front/deferred.js';
import type { IceTransport } from './ice_transport.js';
import type { Attempt } from './meeting/attempt.js';
import { DirectWay } from './meeting/direct_way.js';
import { DirectSource } from './meeting/direct_source.js';
import { Meeting } from './meeting/meeting.js';
import { TransportSource } from './meeting/transport_source.js';
import type { TransportSecurity } from './security.js';
import type { SignalingPeer } from './signaling_client.js';
import {
  defineEventAttributes,
  TypedEventTarget,
  type EventAttribute,
} from './typed_event_target.js';

/** `reconnecting`: there was a path, it is lost, and another is looked for. */
export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'closed';

export interface Connection extends AsyncDispose {}

/**
 * A connection to a peer that was met in a room. connect() makes it.
 *
 * It outlives its path: when the device, the gateway or the network went and came back, it has
 * another `transport`, and perhaps another `peer` of the same name.
 */
export class Connection extends TypedEventTarget<ConnectionEvents> {
  /** The datagrams of all its transports, one after the other. */
  readonly datagrams: DatagramDuplexStream;
  /** Resolves with a reason, possibly empty, when the connection is closed by either end. */
  readonly closed: Promise<string>;
  /** @internal Resolves when datagrams can be sent; rejects when connect() must. */
  readonly connected: Promise<void>;

  declare ondatagram: EventAttribute<this, DatagramEvent>;
  declare onwaiting: EventAttribute<this, WaitingEvent>;
  declare onreconnecting: EventAttribute<this, ReconnectingEvent>;
  declare onreconnected: EventAttribute<this, Event>;
  /** `security` has changed: it is another peer's, or the words have become known. */
  declare onsecure: EventAttribute<this, Event>;
  /** `path` has changed. */
  declare onpathchange: EventAttribute<this, Event>;
  declare onstatechange: EventAttribute<this, Event>;

  readonly #meeting: Meeting;
  readonly #direct: DirectWay;
  readonly #closed = new Deferred<string>();
  readonly #connected = new Deferred<void>();
  #adopted = new Deferred<void>();
  #attempt: Attempt | undefined;
  #state: ConnectionState = 'connecting';
  #error: FloeError | undefined;
  /** Why the transport has no path; undefined: it has one. */
  #loss: string | undefined;

  static {
    defineEventAttributes(
      this,
      'datagram waiting reconnecting reconnected secure pathchange statechange',
    );
    defineAsyncDispose(this);
  }

  /** @internal */
  constructor(options: ConnectOptions) {
    super();
    const { signal, onwaiting } = options;
    this.closed = this.#closed.promise;
    this.connected = this.#connected.promise;
    this.datagrams = new DatagramDuplexStream({
      maxDatagramSize: () => this.#attempt?.maxDatagramSize ?? 0,
      send: (data) => this.#send(data),
      whenWritable: () => this.#whenWritable(),
    });
    if (onwaiting) this.addEventListener('waiting', onwaiting);
    this.#direct = new DirectWay(options, {
      datagram: (data) => this.#onDatagram({ data, component: 1 }),
      changed: () => {
        this.dispatchEvent(new Event('pathchange'));
        this.#judge();
      },
    });
    const isDirect = options.direct === 'only';
    const source = isDirect ? new DirectSource(options) : new TransportSource(options);
    this.#meeting = new Meeting(options, source, {
      adopted: (attempt) => this.#adopt(attempt),
      lost: (reason) => this.#lose(reason),
      waiting: (error) => this.dispatchEvent(new WaitingEvent('waiting', error)),
      ended: (reason, error) => this.#finish(reason, error),
    });
    onAbort(signal, (reason) => this.#abort(reason));
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The transport in use, or the last one. Throws with `direct: 'only'`, where there is none. */
  get transport(): IceTransport {
    const { transport } = this.#attempt!;
    if (!transport) throw noTransportError();
    return transport;
  }

  /** How datagrams are encrypted; null for plaintext. */
  get security(): TransportSecurity | null {
    return this.#attempt?.security ?? null;
  }

  /**
   * How datagrams go to the peer: directly, by the browser's own WebRTC, or over `transport`, through
   * the gateway or this system's sockets.
   */
  get path(): 'direct' | 'transport' {
    const isDirect = this.#direct.isUp || (this.#attempt !== undefined && !this.#attempt.transport);
    return isDirect ? 'direct' : 'transport';
  }

  get peer(): SignalingPeer {
    return this.#attempt!.peer;
  }

  /** Why the connection closed, unless one of its ends closed it. */
  get error(): FloeError | undefined {
    return this.#error;
  }

  /**
   * Sends one datagram. Returns false when it was not sent: there is no path at the moment, it is
   * longer than `datagrams.maxDatagramSize`, or too many bytes are on their way already.
   */
  send(data: BytesLike): boolean {
    return this.#send(bytesOf(data));
  }

  /** Says goodbye to the peer, and closes the objects that connect() made. */
  close(reason = ''): void {
    this.#meeting.end(reason);
    this.#finish(reason);
  }

  #send(data: Uint8Array): boolean {
    if (this.#direct.isUp) return this.#direct.send(data);
    const isOpen = this.#state === 'connected' || this.#state === 'reconnecting';
    return isOpen && this.#attempt !== undefined && this.#attempt.send(data);
  }

  #abort(reason: unknown): void {
    this.#connected.reject(reason);
    this.close();
  }

  #adopt(attempt: Attempt): void {
    if (this.#state === 'closed') return;
    const isFirst = this.#state === 'connecting';
    let isSecured = false;
    if (this.#attempt !== attempt) {
      this.#attempt = attempt;
      attempt.listen({
        datagram: (datagram) => this.#onDatagram(datagram),
        secure: () => this.#onSecure(attempt),
      });
      isSecured = this.security !== null;
    }
    this.#loss = undefined;
    if (isFirst) this.#setState('connected');
    void this.#direct.follow(attempt);
    if (isSecured) this.#onSecure(attempt);
    this.#connected.resolve();
    this.#adopted.resolve();
    this.#judge();
  }

  #onSecure(attempt: Attempt): void {
    if (this.#attempt === attempt) this.dispatchEvent(new Event('secure'));
  }

  #lose(reason: string): void {
    this.#loss = reason;
    this.#judge();
  }

  /** It reconnects while neither the transport nor the direct way has a path. */
  #judge(): void {
    const isLost = this.#loss !== undefined && !this.#direct.isUp;
    if (isLost && this.#state === 'connected') {
      this.#adopted = new Deferred();
      this.#setState('reconnecting');
      this.dispatchEvent(new ReconnectingEvent('reconnecting', this.#loss!));
    } else if (!isLost && this.#state === 'reconnecting') {
      this.#setState('connected');
      this.#adopted.resolve();
      this.dispatchEvent(new Event('reconnected'));
    }
  }

  /** The first listener gets what came before it, too: a peer may be quick. */
  protected override gainedListener(type: string): void {
    if (type !== 'datagram') return;
    queueMicrotask(() => this.datagrams.takeUnread().forEach((one) => this.#tell(one)));
  }

  /** Gives a datagram to listeners and to a reader; with neither, it is kept. */
  #onDatagram(datagram: ReceivedDatagram): void {
    const isListenedTo = this.hasHadListener('datagram');
    this.datagrams.receive(datagram, isListenedTo);
    if (isListenedTo) this.#tell(datagram);
  }

  #tell({ data, component }: ReceivedDatagram): void {
    this.dispatchEvent(new DatagramEvent('datagram', data, component));
  }

  async #whenWritable(): Promise<void> {
    if (this.#direct.isUp) return this.#direct.whenWritable();
    await this.#adopted.promise;
    // A path that is lost before there is room is no error: the writer waits for the next path.
    await this.#attempt?.whenWritable().catch(() => {});
  }

  #setState(state: ConnectionState): void {
    this.#state = state;
    this.dispatchEvent(new Event('statechange'));
  }

  #finish(reason: string, error?: FloeError): void {
    if (this.#state === 'closed') return;
    this.#error = error;
    this.#loss = undefined;
    this.#direct.close();
    const why =
      error ?? (reason ? new FloeError('AbortError', 'closed', reason) : closedError('connection'));
    this.#connected.reject(why);
    this.#adopted.reject(why);
    this.datagrams.end(error);
    this.#setState('closed');
    this.#closed.resolve(reason || (error?.message ?? ''));
  }
}

function noTransportError(): FloeError {
  const message = 'The browser carries the datagrams itself: there is no IceTransport.';
  return new FloeError('InvalidStateError', 'no-transport', message);
}
