import type { OwnBytes } from '../bytes.js';
import { enumerations } from '../check_options.js';
import type { DataLayer, PacketCarrier } from '../data_layer.js';
import { FloeErrorEvent, IceCandidateEvent } from '../events.js';
import { FloeError, refusedError } from '../floe_error.js';
import type { IceCandidate, IceCandidateInit } from '../ice_candidate.js';
import type { IceParameters, IceRole } from '../ice_parameters.js';
import type { NamedServer } from '../ice_server.js';
import type { IceGatheringState, IceTransportOptions } from '../ice_transport_options.js';
import type { EventReader, EventRecord } from '../wire/event_reader.js';
import { Command, EventKind } from '../wire/record_kind.js';
import { DatagramSender } from './datagram_sender.js';
import { Deferred } from './deferred.js';
import { EngineHandle } from './engine_handle.js';
import { gatheringStates, IceMirror, roleNumber } from './ice_mirror.js';
import { RemoteGeneration } from './remote_generation.js';
import type { SocketSource } from './socket_source.js';

export interface IceAgentEvents {
  dispatch(event: Event): void;
  datagram(data: Uint8Array<ArrayBuffer>, component: number): void;
  /** The agent is closed, or its engine is gone. */
  closed(error?: FloeError): void;
}

export interface GatherWishes {
  /** 0: both. */
  family: number;
  portMin: number;
  portMax: number;
  onlyRelayed: boolean;
  servers: NamedServer[];
}

/** The most bytes that a relay's message has besides a datagram (RFC 8656, section 11). */
const relayOverhead = 64;

/** A record of DTLS has so many bytes besides a datagram. */
const recordOverhead = 37;

/** The agent of one IceTransport in the engine: its commands and its events. */
export class IceAgent {
  declare readonly engine: EngineHandle;
  declare readonly mirror: IceMirror;
  declare readonly sender: DatagramSender;
  readonly ready = new Deferred<IceParameters>();
  readonly gathered = new Deferred<void>();
  /** Set by the Negotiation of the transport: gets the records for it. */
  onNegotiationRecord: ((record: EventRecord, reader: EventReader) => void) | undefined;
  /** Set by the Negotiation: gets the datagrams first. */
  layer: DataLayer | undefined;

  readonly #events: IceAgentEvents;
  readonly #peer = new RemoteGeneration();
  readonly #carrier: PacketCarrier = {
    send: (packet) => this.sender.send(packet),
    receive: (datagram) => this.#events.datagram(datagram, 1),
  };
  #restarted: Deferred<IceParameters> | undefined;
  /** What the constructor or start() was given. */
  #role: IceRole | undefined;
  #hasStarted = false;
  #hasGathered = false;

  constructor(source: SocketSource, options: IceTransportOptions, events: IceAgentEvents) {
    const { role = 'controlling', components = 1, pacing, ta = 0, addresses = [] } = options;
    const { lite = false, nomination = 'regular' } = options;
    this.#events = events;
    this.#role = options.role;
    this.mirror = new IceMirror(role);
    const { link, handle } = source.engine;
    this.engine = new EngineHandle(link, {
      onRecord: (record, reader) => this.#onRecord(record, reader),
      onEngineLost: (error) => events.closed(error),
    });
    const command = this.engine
      .command(Command.transport_create)
      .u32(handle)
      .u8(roleNumber(role))
      .u16(components)
      .u8(Number(pacing === 'strict'))
      .u16(ta)
      .u8(Number(lite))
      .u8(enumerations.nomination.indexOf(nomination))
      .u8(addresses.length);
    for (const address of addresses) command.text(address);
    this.sender = new DatagramSender(this.engine, {
      isOpen: (component) => this.mirror.canSend(component),
      maxDatagramSize: (component) => {
        const { selectedPairs, encrypts, securedSizeMax } = this.mirror;
        const pair = selectedPairs.get(component);
        const max = source.maxDatagramSize - (pair?.local.type === 'relay' ? relayOverhead : 0);
        return encrypts ? Math.min(max - recordOverhead, securedSizeMax) : max;
      },
    });
  }

  /** Of the peer's SCTP; 0 before DTLS is through, and when the peer carries no channels. */
  get channelPort(): number {
    return this.mirror.channelPeer?.port ?? 0;
  }

  /** To be called once. */
  gather({ family, portMin, portMax, onlyRelayed, servers }: GatherWishes): Promise<void> {
    if (this.#hasGathered) {
      throw new FloeError('InvalidStateError', 'gathered', 'gather() was called before.');
    }
    this.#hasGathered = true;
    const command = this.engine
      .command(Command.transport_gather)
      .u8(family)
      .u16(portMin)
      .u16(portMax)
      .u8(Number(onlyRelayed))
      .u16(servers.length);
    for (const { url, username, credential } of servers) {
      command.text(url).text(username).text(credential);
    }
    return this.gathered.promise;
  }

  /** Without `role` it is that of the constructor, else W3C's default; later it stays as it is. */
  start(parameters: IceParameters, role = this.#role ?? 'controlled'): void {
    const isOther = this.#hasStarted && role !== this.#role && role !== this.mirror.role;
    const held = this.#peer.begin(parameters, isOther);
    this.#hasStarted = true;
    this.#role = role;
    const { usernameFragment, password, iceLite = false } = parameters;
    this.engine
      .command(Command.transport_start)
      .text(usernameFragment)
      .text(password)
      .u8(Number(iceLite))
      .u8(roleNumber(role));
    for (const candidate of held) this.#pass(candidate);
  }

  /** An empty line says that no more will come. Throws when it is of another generation. */
  addRemoteCandidate(init: IceCandidateInit): void {
    const candidate = this.#peer.has(init);
    if (candidate) this.#pass(candidate);
  }

  removeRemoteCandidate(init: IceCandidateInit): void {
    const candidate = this.#peer.has(init, true);
    if (!candidate) return;
    this.engine.command(Command.transport_remove_candidate).text(candidate.candidate);
  }

  #pass({ candidate }: IceCandidate): void {
    if (candidate === '') this.engine.command(Command.transport_end_of_candidates);
    else this.engine.command(Command.transport_candidate).text(candidate);
  }

  restart(): Promise<IceParameters> {
    this.#peer.leave();
    this.#restarted ??= new Deferred();
    this.engine.command(Command.transport_restart);
    return this.#restarted.promise;
  }

  close(reason: unknown): void {
    this.mirror.state = 'closed';
    this.mirror.selectedPairs.clear(); // W3C: a closed transport has none
    this.engine.close();
    this.ready.reject(reason);
    this.gathered.reject(reason);
    this.#restarted?.reject(reason);
    this.sender.ended(reason);
    this.layer?.disconnected(this.#carrier);
  }

  #onRecord(record: EventRecord, reader: EventReader): void {
    const { kind, extra } = record;
    if (kind === EventKind.transport_datagram) this.#onDatagram(reader.rest(), extra);
    else if (kind === EventKind.refused) this.#onRefused(reader);
    else if (kind === EventKind.transport_insecure) this.#onInsecure(reader);
    else if (kind === EventKind.transport_gathering) {
      this.#onGathering(gatheringStates[reader.u8()] ?? 'complete');
    } else if (isNegotiation(kind)) this.onNegotiationRecord?.(record, reader);
    else this.#onMirrored(record, reader);
  }

  #onDatagram(datagram: OwnBytes, component: number): void {
    if (component === 1 && this.layer?.take(datagram)) return;
    this.#events.datagram(datagram, component);
  }

  #onMirrored(record: EventRecord, reader: EventReader): void {
    const event = this.mirror.apply(record, reader);
    if (record.kind === EventKind.transport_parameters) this.#onParameters();
    if (this.mirror.canSend(1)) this.sender.opened();
    const isSecured = record.kind === EventKind.transport_secured;
    if (isSecured) this.layer?.connected(this.#carrier, this.mirror.channelPeer!);
    if (this.mirror.state === 'closed') return this.#events.closed();
    if (event) this.#events.dispatch(event);
  }

  /** W3C: the end of the candidates is told before the state says so. */
  #onGathering(state: IceGatheringState): void {
    const isComplete = state === 'complete';
    if (isComplete) this.#events.dispatch(new IceCandidateEvent('icecandidate', null));
    if (this.mirror.state === 'closed') return;
    this.mirror.gatheringState = state;
    this.#events.dispatch(new Event('gatheringstatechange'));
    if (isComplete) this.gathered.resolve();
  }

  #onParameters(): void {
    const parameters = this.mirror.localParameters;
    if (!parameters) return;
    this.ready.resolve(parameters);
    this.#restarted?.resolve(parameters);
    this.#restarted = undefined;
  }

  #onInsecure(reader: EventReader): void {
    const code = reader.text();
    this.#events.closed(refusedError(code, reader.text()));
  }

  #onRefused(reader: EventReader): void {
    const code = reader.text();
    const error = refusedError(code, reader.text());
    this.#events.dispatch(new FloeErrorEvent('error', error));
  }
}

function isNegotiation(kind: number): boolean {
  return (
    (kind >= EventKind.negotiation_message && kind <= EventKind.negotiation_bye) ||
    kind === EventKind.negotiation_skipped
  );
}
