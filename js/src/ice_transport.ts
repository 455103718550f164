import { bytesOf, DatagramDuplexStream } from './datagrams.js';
import {
  DatagramEvent,
  FloeErrorEvent,
  IceCandidateErrorEvent,
  IceCandidateEvent,
  type SelectedCandidatePairChangeEvent,
} from './events.js';
import { FloeError } from './floe_error.js';
import { defineAsyncDispose } from './front/async_dispose.js';
import { DatagramSender } from './front/datagram_sender.js';
import { Deferred } from './front/deferred.js';
import { EngineHandle } from './front/engine_handle.js';
import { IceMirror, roleNumber, type IceCandidatePair } from './front/ice_mirror.js';
import { Gateway } from './gateway.js';
import type { IceCandidate, IceCandidateInit } from './ice_candidate.js';
import { checkIceParameters, type IceParameters, type IceRole } from './ice_parameters.js';
import { iceStatsReport, type IceStatsReport } from './ice_stats_report.js';
import { defineEventAttributes, TypedEventTarget, type EventAttribute } from './typed_event_target.js';
import type {
  IceGatheringState,
  IceGatherOptions,
  IceTransportOptions,
  IceTransportState,
} from './ice_transport_options.js';
import type { EventReader, EventRecord } from './wire/event_reader.js';
import { Command, EventKind } from './wire/record_kind.js';

export interface IceTransportEvents {
  icecandidate: IceCandidateEvent;
  icecandidateerror: IceCandidateErrorEvent;
  statechange: Event;
  gatheringstatechange: Event;
  selectedcandidatepairchange: SelectedCandidatePairChangeEvent;
  datagram: DatagramEvent;
  error: FloeErrorEvent;
}

/**
 * An ICE agent (RFC 8445) with the interface of W3C's IceTransport Extensions for WebRTC, whose
 * sockets a gateway lends. Data are datagrams: unreliable, unordered, and not encrypted.
 *
 * What W3C has at once needs a moment here, because the agent may live in a Worker:
 * getLocalParameters() is null until `ready`.
 */
export class IceTransport extends TypedEventTarget<IceTransportEvents> {
  readonly component = 'rtp';
  readonly gateway: Gateway;
  readonly datagrams: DatagramDuplexStream;

  declare onicecandidate: EventAttribute<this, IceCandidateEvent>;
  declare onicecandidateerror: EventAttribute<this, IceCandidateErrorEvent>;
  declare onstatechange: EventAttribute<this, Event>;
  declare ongatheringstatechange: EventAttribute<this, Event>;
  declare onselectedcandidatepairchange: EventAttribute<this, SelectedCandidatePairChangeEvent>;
  declare ondatagram: EventAttribute<this, DatagramEvent>;
  declare onerror: EventAttribute<this, FloeErrorEvent>;

  /** @internal */
  readonly engine: EngineHandle;
  /** @internal Of the Negotiation that speaks for this transport. */
  onNegotiationRecord: ((record: EventRecord, reader: EventReader) => void) | undefined;

  readonly #mirror: IceMirror;
  readonly #sender: DatagramSender;
  readonly #ownsGateway: boolean;
  readonly #ready = new Deferred<IceParameters>();
  readonly #gathered = new Deferred<void>();
  #restarted: Deferred<IceParameters> | undefined;
  #error: FloeError | undefined;
  #finished = false;

  static {
    defineEventAttributes(this, [
      'icecandidate',
      'icecandidateerror',
      'statechange',
      'gatheringstatechange',
      'selectedcandidatepairchange',
      'datagram',
      'error',
    ]);
    defineAsyncDispose(this);
  }

  constructor(options: IceTransportOptions) {
    super();
    const { gateway, role = 'controlling', components = 1, pacing, ta = 0, addresses = [] } = options;
    this.#ownsGateway = !(gateway instanceof Gateway);
    this.gateway = gateway instanceof Gateway ? gateway : new Gateway(gateway, options);
    this.#mirror = new IceMirror(role);
    const { link, handle } = this.gateway.engine;
    this.engine = new EngineHandle(link, {
      onRecord: (record, reader) => this.#onRecord(record, reader),
      onEngineLost: (error) => this.#finish(error),
    });
    const command = this.engine
      .command(Command.transport_create)
      .u32(handle)
      .u8(roleNumber(role))
      .u16(components)
      .u8(Number(pacing === 'strict'))
      .u16(ta)
      .u8(addresses.length);
    for (const address of addresses) command.text(address);
    this.#sender = new DatagramSender(this.engine, {
      isOpen: () => this.#mirror.selectedPairs.size > 0 && !this.#finished,
      maxDatagramSize: () => this.gateway.maxDatagramSize,
    });
    this.datagrams = new DatagramDuplexStream(this.#sender);
    void this.gateway.closed.then(() => this.#finish(this.gateway.error));
  }

  /** Resolves with the local parameters of the first generation. */
  get ready(): Promise<IceParameters> {
    return this.#ready.promise;
  }

  get state(): IceTransportState {
    return this.#mirror.state;
  }

  get gatheringState(): IceGatheringState {
    return this.#mirror.gatheringState;
  }

  get role(): IceRole {
    return this.#mirror.role;
  }

  /** Why the transport failed or closed, when something did that to it. */
  get error(): FloeError | undefined {
    return this.#error;
  }

  getLocalParameters(): IceParameters | null {
    return this.#mirror.localParameters;
  }

  getRemoteParameters(): IceParameters | null {
    return this.#mirror.remoteParameters;
  }

  getLocalCandidates(): IceCandidate[] {
    return [...this.#mirror.localCandidates];
  }

  getRemoteCandidates(): IceCandidate[] {
    return [...this.#mirror.remoteCandidates];
  }

  /** The pair in use, or null; `component` counts from 1. */
  getSelectedCandidatePair(component = 1): IceCandidatePair | null {
    return this.#mirror.selectedPairs.get(component) ?? null;
  }

  /** W3C statistics dictionaries, by their id. */
  async getStats(): Promise<IceStatsReport> {
    return iceStatsReport(await this.engine.stats());
  }

  /**
   * Finds local candidates. Resolves when all are found, which need not be waited for: each comes as
   * an icecandidate event. Rejects when the gateway cannot be used, or `signal` aborts.
   */
  gather(options: IceGatherOptions = {}): Promise<void> {
    const { iceServers = [], gatherPolicy = 'all', family = 0, portRange, signal } = options;
    this.#checkOpen();
    signal?.throwIfAborted();
    if (gatherPolicy === 'relay') {
      throw new FloeError('NotSupportedError', 'no-turn', 'This version of floe has no TURN client.', {
        hint: "Gather with the policy 'all'.",
      });
    }
    const [portMin, portMax] = portRange ?? [0, 0];
    this.engine.command(Command.transport_gather).u8(family).u16(portMin).u16(portMax);
    for (const server of iceServers) this.#refuseServer(server.urls);
    signal?.addEventListener('abort', () => this.#finish(signal.reason), { once: true });
    return this.#gathered.promise;
  }

  /** Takes the peer's parameters: checks begin as soon as both sides have candidates. */
  start(remoteParameters: IceParameters, role: IceRole = this.role): void {
    this.#checkOpen();
    checkIceParameters(remoteParameters);
    const { usernameFragment, password, iceLite = false } = remoteParameters;
    this.engine
      .command(Command.transport_start)
      .text(usernameFragment)
      .text(password)
      .u8(Number(iceLite))
      .u8(roleNumber(role));
  }

  /** Takes a candidate of the peer; null, or an empty one, says that no more will come. */
  addRemoteCandidate(candidate: IceCandidateInit | null = null): void {
    this.#checkOpen();
    const line = candidate?.candidate ?? '';
    if (line === '') this.engine.command(Command.transport_end_of_candidates);
    else this.engine.command(Command.transport_candidate).text(line);
  }

  /**
   * Begins a new generation and resolves with its parameters, for the peer's start(). Data goes on
   * over the old pair until the new generation has one.
   */
  restart(): Promise<IceParameters> {
    this.#checkOpen();
    this.#restarted ??= new Deferred();
    this.engine.command(Command.transport_restart);
    return this.#restarted.promise;
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
   * Sends one datagram. False when it was not: no path works, it is longer than
   * `datagrams.maxDatagramSize`, or too much is on its way already. `data` is copied.
   */
  send(data: BufferSource, component = 1): boolean {
    return this.#sender.send(bytesOf(data), component);
  }

  #checkOpen(): void {
    if (!this.#finished) return;
    throw new FloeError('InvalidStateError', 'closed', 'The transport is closed.', {
      hint: 'A closed transport stays closed: make a new one.',
    });
  }

  #refuseServer(urls: string | string[]): void {
    for (const url of [urls].flat()) {
      const errorText = 'STUN and TURN servers are not supported yet; the gateway is used alone.';
      queueMicrotask(() => {
        const init = { url, errorCode: 701, errorText };
        this.dispatchEvent(new IceCandidateErrorEvent('icecandidateerror', init));
      });
    }
  }

  #onRecord(record: EventRecord, reader: EventReader): void {
    const { kind } = record;
    if (kind === EventKind.transport_datagram) this.#onDatagram(record.extra, reader.rest());
    else if (kind === EventKind.refused) this.#onRefused(reader);
    else if (isNegotiation(kind)) this.onNegotiationRecord?.(record, reader);
    else this.#onMirrored(record, reader);
  }

  #onMirrored(record: EventRecord, reader: EventReader): void {
    const event = this.#mirror.apply(record, reader);
    if (record.kind === EventKind.transport_parameters) this.#onParameters();
    if (record.kind === EventKind.transport_selected_pair) this.#sender.opened();
    if (this.state === 'closed') return this.#finish();
    if (event) this.dispatchEvent(event);
    if (event?.type === 'gatheringstatechange' && this.gatheringState === 'complete') {
      this.dispatchEvent(new IceCandidateEvent('icecandidate', null));
      this.#gathered.resolve();
    }
  }

  #onParameters(): void {
    const parameters = this.getLocalParameters();
    if (!parameters) return;
    this.#ready.resolve(parameters);
    this.#restarted?.resolve(parameters);
    this.#restarted = undefined;
  }

  /** For those who listen and those who read; held for a reader while there is neither. */
  #onDatagram(component: number, data: Uint8Array<ArrayBuffer>): void {
    const isListenedTo = this.hasHadListener('datagram');
    if (this.datagrams.isRead || !isListenedTo) this.datagrams.push(data);
    if (isListenedTo) this.dispatchEvent(new DatagramEvent('datagram', data, component));
  }

  #onRefused(reader: EventReader): void {
    const code = reader.text();
    const error = new FloeError('OperationError', code, reader.text());
    this.dispatchEvent(new FloeErrorEvent('error', error));
  }

  #finish(error?: unknown): void {
    if (this.#finished) return;
    this.#finished = true;
    if (error instanceof FloeError) this.#error = error;
    this.#mirror.state = 'closed';
    this.engine.close();
    if (this.#ownsGateway) this.gateway.close();
    const reason = error ?? new FloeError('AbortError', 'closed', 'The transport was closed.');
    this.#ready.reject(reason);
    this.#gathered.reject(reason);
    this.#restarted?.reject(reason);
    this.#sender.ended(reason);
    this.datagrams.end(this.#error);
    this.dispatchEvent(new Event('statechange'));
  }
}

function isNegotiation(kind: number): boolean {
  return kind >= EventKind.negotiation_message && kind <= EventKind.negotiation_bye;
}
