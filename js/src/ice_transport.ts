import type { BytesLike, OwnBytes } from './bytes.js';
import { checkedOptions, dictionary, onAbort, refuse } from './check_options.js';
import { bytesOf, DatagramDuplexStream, type ReceivedDatagram } from './datagrams.js';
import {
  DatagramEvent,
  type FloeErrorEvent,
  type IceCandidateErrorEvent,
  type IceCandidateEvent,
  type SelectedCandidatePairChangeEvent,
} from './events.js';
import { closedError, FloeError } from './floe_error.js';
import { defineAsyncDispose, type AsyncDispose } from './front/async_dispose.js';
import { IceAgent } from './front/ice_agent.js';
import type { IceCandidatePair } from './front/ice_mirror.js';
import { checkedAddress } from './front/pack_address.js';
import type { SocketSource } from './front/socket_source.js';
import { openSystemNetwork } from './front/system_network.js';
import { Gateway } from './gateway.js';
import type { IceCandidate, IceCandidateInit } from './ice_candidate.js';
import { namedServers } from './ice_server.js';
import { checkIceParameters, type IceParameters, type IceRole } from './ice_parameters.js';
import { iceStatsReport, type IceStatsReport } from './ice_stats_report.js';
import type {
  IceGatheringState,
  IceGatherOptions,
  IceTransportOptions,
  IceTransportState,
} from './ice_transport_options.js';
import type { TransportSecurity } from './security.js';
import {
  defineEventAttributes,
  TypedEventTarget,
  type AnyListener,
  type EventAttribute,
} from './typed_event_target.js';

export interface IceTransportEvents {
  icecandidate: IceCandidateEvent;
  icecandidateremoved: IceCandidateEvent;
  icecandidateerror: IceCandidateErrorEvent;
  statechange: Event;
  gatheringstatechange: Event;
  selectedcandidatepairchange: SelectedCandidatePairChangeEvent;
  datagram: DatagramEvent;
  secure: Event;
  error: FloeErrorEvent;
}

// In the interface, because its attributes may have two types: what is read fits lib.dom's
// RTCIceTransport, and what is set knows `this` and the class of its event.
export interface IceTransport extends AsyncDispose {
  get onstatechange(): AnyListener;
  set onstatechange(listener: EventAttribute<this, Event>);
  get ongatheringstatechange(): AnyListener;
  set ongatheringstatechange(listener: EventAttribute<this, Event>);
  get onselectedcandidatepairchange(): AnyListener;
  set onselectedcandidatepairchange(
    listener: EventAttribute<this, SelectedCandidatePairChangeEvent>,
  );
}

/**
 * An ICE agent (RFC 8445) with the interface of W3C's IceTransport Extensions for WebRTC. Its sockets
 * are those of a gateway, or the system's own in Node, Deno and Bun. Data are datagrams: unreliable
 * and unordered. A Negotiation encrypts them; with start() they are plaintext.
 *
 * A difference to W3C: the agent may live in a Worker, so some values are not there at once.
 * getLocalParameters() is null until `ready`.
 */
export class IceTransport extends TypedEventTarget<IceTransportEvents> {
  readonly component = 'rtp';
  /** Null: the sockets are the system's own. */
  readonly gateway: Gateway | null;
  readonly datagrams: DatagramDuplexStream;

  declare onicecandidate: EventAttribute<this, IceCandidateEvent>;
  declare onicecandidateremoved: EventAttribute<this, IceCandidateEvent>;
  declare onicecandidateerror: EventAttribute<this, IceCandidateErrorEvent>;
  declare ondatagram: EventAttribute<this, DatagramEvent>;
  /** The handshake is complete; again when the words become known later. */
  declare onsecure: EventAttribute<this, Event>;
  declare onerror: EventAttribute<this, FloeErrorEvent>;

  /** @internal */
  readonly agent: IceAgent;
  readonly #source: SocketSource;
  readonly #ownsSource: boolean;
  #error: FloeError | undefined;
  #finished = false;

  static {
    defineEventAttributes(
      this,
      'icecandidate icecandidateremoved icecandidateerror statechange gatheringstatechange selectedcandidatepairchange datagram secure error',
    );
    defineAsyncDispose(this);
  }

  constructor(options: IceTransportOptions = {}) {
    super();
    const { gateway, addresses = [] } = checkedOptions(options);
    const isShort = Array.isArray(addresses) && addresses.length <= 255;
    if (!isShort) refuse('addresses', 'an array of at most 255');
    addresses.forEach(checkedAddress);
    this.#ownsSource = !(gateway instanceof Gateway);
    this.#source = gateway instanceof Gateway ? gateway : openSource(gateway, options);
    this.gateway = this.#source instanceof Gateway ? this.#source : null;
    this.agent = new IceAgent(this.#source, options, {
      dispatch: (event) => this.dispatchEvent(event),
      datagram: (data, component) => this.#onDatagram(data, component),
      closed: (error) => this.#finish(error),
    });
    this.datagrams = new DatagramDuplexStream(this.agent.sender);
    void this.#source.closed.then(() => this.#finish(this.#source.error));
  }

  /** Resolves with the local parameters of the first generation. */
  get ready(): Promise<IceParameters> {
    return this.agent.ready.promise;
  }

  /** How datagrams are encrypted; null before that is agreed, and for plaintext. */
  get security(): TransportSecurity | null {
    return this.agent.mirror.security;
  }

  get state(): IceTransportState {
    return this.agent.mirror.state;
  }

  /**
   * Why the state is `disconnected` or `failed`: a sentence or two for people, what happened, why, and
   * what to do. Empty in other states.
   */
  get explanation(): string {
    return this.agent.mirror.explanation;
  }

  get gatheringState(): IceGatheringState {
    return this.agent.mirror.gatheringState;
  }

  get role(): IceRole {
    return this.agent.mirror.role;
  }

  /** Why the transport failed or closed; undefined when no error caused that. */
  get error(): FloeError | undefined {
    return this.#error;
  }

  getLocalParameters(): IceParameters | null {
    return this.agent.mirror.localParameters;
  }

  getRemoteParameters(): IceParameters | null {
    return this.agent.mirror.remoteParameters;
  }

  getLocalCandidates(): IceCandidate[] {
    return [...this.agent.mirror.localCandidates];
  }

  getRemoteCandidates(): IceCandidate[] {
    return [...this.agent.mirror.remoteCandidates];
  }

  /** The pair in use, or null; `component` counts from 1. */
  getSelectedCandidatePair(component = 1): IceCandidatePair | null {
    return this.agent.mirror.selectedPairs.get(component) ?? null;
  }

  /** W3C statistics dictionaries, by their id. */
  async getStats(): Promise<IceStatsReport> {
    const stats = await this.agent.engine.stats();
    return iceStatsReport(
      stats,
      {
        'local-candidate': this.getLocalParameters()?.usernameFragment,
        'remote-candidate': this.getRemoteParameters()?.usernameFragment,
      },
      this.agent.sender.tooLarge,
    );
  }

  /**
   * Finds local candidates. Each comes as an icecandidate event, so you need not wait for the
   * promise; it resolves when all are found. Rejects when the gateway cannot be used, or `signal`
   * aborts. Throws at once for arguments that W3C refuses, and an InvalidStateError when it is
   * called twice.
   */
  gather(options: IceGatherOptions = {}): Promise<void> {
    const { iceServers, gatherPolicy, family = 0, portRange, signal } = checkedOptions(options);
    this.#checkOpen();
    const servers = namedServers(iceServers);
    const [portMin, portMax] = portRange ?? [0, 0];
    const onlyRelayed = gatherPolicy === 'relay';
    const gathered = this.agent.gather({ family, portMin, portMax, onlyRelayed, servers });
    onAbort(signal, (reason) => this.#finish(reason));
    return gathered;
  }

  /**
   * Takes the peer's parameters: checks begin as soon as both sides have candidates. Without `role`,
   * the role is that of the constructor's options, or `controlled` as in W3C; after a restart it stays
   * as it is. Throws an InvalidStateError when other parameters came before, unless restart() was
   * called, and for another role than before: ICE settles conflicts.
   */
  start(remoteParameters: IceParameters, role?: IceRole): void {
    const parameters = dictionary(remoteParameters, 'remoteParameters');
    checkedOptions({ role });
    this.#checkOpen();
    checkIceParameters(parameters);
    this.agent.start(parameters, role);
  }

  /**
   * Takes a candidate of the peer; null or an empty one means that there are no more. With a
   * `usernameFragment` that start() has not named yet, it waits for start(). Throws an OperationError
   * when it is malformed, or when the fragment is of another generation than the peer's current one.
   */
  addRemoteCandidate(candidate: IceCandidateInit | null = null): void {
    const init = dictionary(candidate, 'candidate');
    this.#checkOpen();
    this.agent.addRemoteCandidate(init);
  }

  /**
   * Removes a candidate of the peer. A path over it is used until the peer stops answering there.
   * Throws as addRemoteCandidate() does.
   */
  removeRemoteCandidate(candidate: IceCandidateInit): void {
    const init = dictionary(candidate, 'candidate');
    this.#checkOpen();
    this.agent.removeRemoteCandidate(init);
  }

  /**
   * Begins a new generation and resolves with its parameters, for the peer's start(). Data still
   * uses the old pair until the new generation has one.
   */
  restart(): Promise<IceParameters> {
    this.#checkOpen();
    return this.agent.restart();
  }

  /** Closes the transport, and its gateway if it was made from a URL here. */
  stop(): void {
    this.#finish();
  }

  /** The same as stop(). */
  close(): void {
    this.#finish();
  }

  /**
   * Sends one datagram. Returns false when it was not sent: no path works, it is longer than
   * `datagrams.maxDatagramSize`, or too many bytes are on their way already, as while a queue of the
   * gateway or of a relay is full. What is lost after true is in getStats(), as
   * `packetsDiscardedOnSend`, and in the gateway's. `data` is copied.
   */
  send(data: BytesLike, component = 1): boolean {
    return this.agent.sender.send(bytesOf(data), component);
  }

  #checkOpen(): void {
    if (!this.#finished) return;
    throw new FloeError('InvalidStateError', 'closed', 'The transport is closed.', {
      hint: 'A closed transport stays closed: make a new one.',
    });
  }

  /** The first listener gets what came before it, too: a peer may be quick. */
  protected override gainedListener(type: string): void {
    if (type !== 'datagram') return;
    queueMicrotask(() => this.datagrams.takeUnread().forEach((one) => this.#tell(one)));
  }

  /** Gives a datagram to listeners and to a reader; with neither, it is kept. */
  #onDatagram(data: OwnBytes, component: number): void {
    const isListenedTo = this.hasHadListener('datagram');
    this.datagrams.receive({ data, component }, isListenedTo);
    if (isListenedTo) this.#tell({ data, component });
  }

  #tell({ data, component }: ReceivedDatagram): void {
    this.dispatchEvent(new DatagramEvent('datagram', data, component));
  }

  #finish(error?: unknown): void {
    if (this.#finished) return;
    this.#finished = true;
    if (error instanceof FloeError) this.#error = error;
    this.agent.close(error ?? closedError('transport'));
    if (this.#ownsSource) this.#source.close();
    this.datagrams.end(this.#error);
    this.dispatchEvent(new Event('statechange'));
  }
}

/** The sockets of a transport's own: through a gateway that has a URL, or the system's. */
function openSource(url: string | URL | undefined, options: IceTransportOptions): SocketSource {
  if (url !== undefined) return new Gateway(url, options);
  const { addresses, loopback } = options;
  return openSystemNetwork(options, { addresses, loopback });
}
