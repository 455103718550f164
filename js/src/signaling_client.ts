import { checkedOptions, onAbort } from './check_options.js';
import { FloeErrorEvent } from './events.js';
import { closedError, FloeError, refusedError } from './floe_error.js';
import { defineAsyncDispose, type AsyncDispose } from './front/async_dispose.js';
import { Deferred } from './front/deferred.js';
import { EngineHandle } from './front/engine_handle.js';
import { engineLink, type LinkOptions } from './front/engine_link.js';
import { roleOf } from './front/ice_mirror.js';
import type { IceRole } from './ice_parameters.js';
import { PeerJoinedEvent, PeerLeftEvent, SignalingMessageEvent } from './signaling_events.js';
import type { SignalingMessage } from './signaling_message.js';
import { roomUrl } from './room_url.js';
import {
  defineEventAttributes,
  TypedEventTarget,
  type EventAttribute,
} from './typed_event_target.js';
import type { EventReader, EventRecord } from './wire/event_reader.js';
import { Command, EventKind } from './wire/record_kind.js';

export interface SignalingOptions extends LinkOptions {
  /** Letters, digits and ._~- ; 1 to 64 of them. Default: the last part of the URL. */
  room?: string | undefined;
  /** The name that other peers see; the same characters as in `room`. Default: "page". */
  name?: string | undefined;
  /** The services that this end offers, at most 8 names: others seek them. Default: none. */
  offers?: string[] | undefined;
  /** The token that the server asks for. */
  token?: string | undefined;
  /** Leaves the room when it aborts. */
  signal?: AbortSignal | undefined;
}

/** In the order of signal::ClientState. `waiting` is between two attempts to connect. */
const states = ['idle', 'connecting', 'joining', 'joined', 'waiting', 'closed'] as const;
export type SignalingState = (typeof states)[number];

export interface SignalingPeer {
  /** The server gives it. */
  id: string;
  /** The peer chooses it; several peers may have the same name. */
  name: string;
  /** The services that it says it offers; none when it does not say. */
  offers: string[];
  /** The role of this end towards the peer: the end that joined later is controlling. */
  role: IceRole;
}

export interface SignalingEvents {
  statechange: Event;
  /** The room was joined, for the first time or again. Messages under way may be lost. */
  joined: Event;
  peerjoined: PeerJoinedEvent;
  peerleft: PeerLeftEvent;
  message: SignalingMessageEvent;
  error: FloeErrorEvent;
}

export interface SignalingClient extends AsyncDispose {}

/**
 * A place in a room of a signalling server (`floe.signal.1`).
 *
 * When the connection breaks, the client connects again by itself, and has the same id if that
 * happens in time. Only an error that a retry cannot solve closes the client.
 */
export class SignalingClient extends TypedEventTarget<SignalingEvents> {
  readonly url: string;

  declare onstatechange: EventAttribute<this, Event>;
  declare onjoined: EventAttribute<this, Event>;
  declare onpeerjoined: EventAttribute<this, PeerJoinedEvent>;
  declare onpeerleft: EventAttribute<this, PeerLeftEvent>;
  declare onmessage: EventAttribute<this, SignalingMessageEvent>;
  declare onerror: EventAttribute<this, FloeErrorEvent>;

  readonly #engine: EngineHandle;
  readonly #joined = new Deferred<string>();
  readonly #peers = new Map<string, SignalingPeer>();
  #state: SignalingState = 'connecting';
  #self: string | undefined;
  #error: FloeError | undefined;

  static {
    defineEventAttributes(this, 'statechange joined peerjoined peerleft message error');
    defineAsyncDispose(this);
  }

  constructor(url: string | URL, options: SignalingOptions = {}) {
    super();
    const { room, name = 'page', token = '', offers = [], signal } = checkedOptions(options);
    this.url = roomUrl(url, room);
    this.#engine = new EngineHandle(engineLink(options), {
      onRecord: (record, reader) => this.#onRecord(record, reader),
      onEngineLost: (error) => this.#finish(error),
    });
    const create = this.#engine.command(Command.signaling_create);
    create.text(this.url).text(name).text(token);
    create.text(offers.map((service) => `${service} `).join(''));
    onAbort(signal, (reason) => this.#finish(undefined, reason));
  }

  get state(): SignalingState {
    return this.#state;
  }

  /** Resolves with the id of this end when the room is joined for the first time. */
  get joined(): Promise<string> {
    return this.#joined.promise;
  }

  /** The id of this end in the room; undefined before `joined`. */
  get self(): string | undefined {
    return this.#self;
  }

  /** The other peers in the room, in the order in which they joined. */
  get peers(): SignalingPeer[] {
    return [...this.#peers.values()];
  }

  /** The latest error. */
  get error(): FloeError | undefined {
    return this.#error;
  }

  /** Sends to the peer with the id `to`; without `to`, to the only other peer in the room. */
  send(message: SignalingMessage, to = ''): void {
    if (this.#state === 'closed') {
      throw new FloeError('InvalidStateError', 'closed', 'The signalling client is closed.');
    }
    this.#engine.command(Command.signaling_send).text(to).text(JSON.stringify(message));
  }

  /** Connects now, if it waits for the next attempt: for use when the network is back. */
  retry(): void {
    if (this.#state !== 'closed') this.#engine.command(Command.signaling_retry);
  }

  /** Leaves the room. */
  close(): void {
    this.#finish();
  }

  #onRecord({ kind }: EventRecord, reader: EventReader): void {
    if (kind === EventKind.signaling_state) this.#onState(states[reader.u8()] ?? 'closed');
    else if (kind === EventKind.signaling_joined) this.#onJoined(reader.text());
    else if (kind === EventKind.signaling_peer_joined) this.#onPeerJoined(reader);
    else if (kind === EventKind.signaling_peer_left) this.#onPeerLeft(reader.text(), reader.text());
    else if (kind === EventKind.signaling_message) this.#onMessage(reader.text(), reader.text());
    else if (kind === EventKind.refused) this.#onRefused(reader.text(), reader.text());
  }

  #onState(state: SignalingState): void {
    if (state === 'closed') return this.#finish(this.#error);
    this.#state = state;
    this.dispatchEvent(new Event('statechange'));
  }

  #onJoined(self: string): void {
    this.#self = self;
    this.#joined.resolve(self);
    this.dispatchEvent(new Event('joined'));
  }

  #onPeerJoined(reader: EventReader): void {
    const [id, name, role] = [reader.text(), reader.text(), roleOf(reader.u8())];
    const offers = reader.text().split(' ').slice(0, -1);
    const peer = { id, name, offers, role };
    this.#peers.set(peer.id, peer);
    this.dispatchEvent(new PeerJoinedEvent('peerjoined', peer));
  }

  #onPeerLeft(id: string, reason: string): void {
    const peer = this.#peers.get(id);
    if (!peer) return;
    this.#peers.delete(id);
    this.dispatchEvent(new PeerLeftEvent('peerleft', peer, reason));
  }

  #onMessage(from: string, text: string): void {
    const message = JSON.parse(text) as SignalingMessage;
    const peer = this.#peers.get(from);
    this.dispatchEvent(new SignalingMessageEvent('message', message, from, peer));
  }

  #onRefused(code: string, message: string): void {
    this.#error = refusedError(code, message);
    this.dispatchEvent(new FloeErrorEvent('error', this.#error));
  }

  #finish(error?: FloeError, reason: unknown = error ?? closedError('signalling client')): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#error = error;
    this.#engine.close();
    this.#joined.reject(reason);
    this.dispatchEvent(new Event('statechange'));
  }
}
