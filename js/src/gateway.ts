import { checkedOptions, onAbort } from './check_options.js';
import { defineAsyncDispose, type AsyncDispose } from './front/async_dispose.js';
import { Deferred } from './front/deferred.js';
import { EngineHandle } from './front/engine_handle.js';
import { engineLink, type LinkOptions } from './front/engine_link.js';
import { answersRequests, deniedError } from './front/refusal.js';
import { gatewayClosedError } from './gateway_closed_error.js';
import { closedError, FloeError } from './floe_error.js';
import {
  defineEventAttributes,
  TypedEventTarget,
  type EventAttribute,
} from './typed_event_target.js';
import type { EventReader, EventRecord } from './wire/event_reader.js';
import { webSocketUrl } from './web_socket_url.js';
import { Command, EventKind } from './wire/record_kind.js';

export interface GatewayOptions extends LinkOptions {
  /** The token that the gateway asks for; it is never sent in the URL. */
  token?: string | undefined;
  /** Closes the gateway when it aborts. */
  signal?: AbortSignal | undefined;
}

export type GatewayState = 'connecting' | 'open' | 'closed';

/** An address of the gateway that a socket can be bound to. */
export interface GatewayAddress {
  address: string;
  interfaceName: string;
}

export interface GatewayCloseInfo {
  /** The WebSocket's close code; 1006 is a connection that broke or was never made. */
  code: number;
  reason: string;
}

export interface GatewayEvents {
  statechange: Event;
  goingaway: Event;
}

export interface Gateway extends AsyncDispose {}

/**
 * A gateway that provides UDP sockets over one WebSocket (`floe.tunnel.1`).
 *
 * The sockets have the gateway's addresses and are behind the gateway's NAT. When the connection is
 * lost, its sockets are lost with it; make a new Gateway then.
 */
export class Gateway extends TypedEventTarget<GatewayEvents> {
  readonly url: string;

  declare onstatechange: EventAttribute<this, Event>;
  /** The gateway will stop soon: move to another gateway. */
  declare ongoingaway: EventAttribute<this, Event>;

  /** @internal */
  readonly engine: EngineHandle;
  #state: GatewayState = 'connecting';
  #addresses: readonly GatewayAddress[] = [];
  #maxDatagramSize = 0;
  #error: FloeError | undefined;
  readonly #ready = new Deferred<void>();
  readonly #closed = new Deferred<GatewayCloseInfo>();

  static {
    defineEventAttributes(this, 'statechange goingaway');
    defineAsyncDispose(this);
  }

  constructor(url: string | URL, options: GatewayOptions = {}) {
    super();
    const { token = '', signal } = checkedOptions(options);
    this.url = webSocketUrl(url).href;
    this.engine = new EngineHandle(engineLink(options), {
      onRecord: (record, reader) => this.#onRecord(record, reader),
      onEngineLost: (error) => this.#lose({ code: 1006, reason: error.message }, error),
    });
    this.engine.command(Command.gateway_create).text(this.url).text(token);
    onAbort(signal, (reason) => this.#finish(reason));
  }

  /** Resolves when sockets can be bound; rejects with the reason when they cannot. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Resolves when the connection is closed, by either end or by a failure. */
  get closed(): Promise<GatewayCloseInfo> {
    return this.#closed.promise;
  }

  get state(): GatewayState {
    return this.#state;
  }

  /** Addresses for sockets, in the gateway's order of preference; empty until `ready`. */
  get addresses(): readonly GatewayAddress[] {
    return this.#addresses;
  }

  /** The longest datagram that the gateway passes on, in bytes; 0 until `ready`. */
  get maxDatagramSize(): number {
    return this.#maxDatagramSize;
  }

  /** Why the gateway closed, unless close() did it. */
  get error(): FloeError | undefined {
    return this.#error;
  }

  /**
   * Measures the round trip to the gateway now: getStats() has it once `responsesReceived` has grown.
   * The answer comes before those to datagrams that were sent just before, so what it measures is a
   * part of their round trips. Without effect while the last answer is outstanding.
   */
  ping(): void {
    if (this.#state === 'open') this.engine.command(Command.gateway_ping);
  }

  /**
   * Counters of the tunnel. `roundTripTime` is in seconds, the last that was measured, and
   * `responsesReceived` how many were measured: one at first, then one each 20 s, and those of
   * ping().
   */
  async getStats(): Promise<Record<string, number>> {
    return ((await this.engine.stats()) ?? {}) as Record<string, number>;
  }

  /** Closes the connection and all sockets bound through it. */
  close(): void {
    this.#finish(closedError('gateway'));
  }

  #onRecord({ kind }: EventRecord, reader: EventReader): void {
    if (kind === EventKind.gateway_open) this.#onOpen(reader);
    else if (kind === EventKind.gateway_going_away) this.dispatchEvent(new Event('goingaway'));
    else if (kind === EventKind.gateway_closed) {
      const info = { code: reader.u16(), reason: reader.text() };
      void this.#explain(info);
    }
  }

  #onOpen(reader: EventReader): void {
    this.#maxDatagramSize = reader.u32();
    const count = reader.u16();
    this.#addresses = Array.from({ length: count }, () => ({
      address: reader.text(),
      interfaceName: reader.text(),
    }));
    if (this.#state !== 'connecting') return;
    this.#state = 'open';
    this.#ready.resolve();
    this.dispatchEvent(new Event('statechange'));
  }

  async #explain(info: GatewayCloseInfo): Promise<void> {
    const wasOpen = this.#state === 'open';
    const isMute = !wasOpen && info.code === 1006;
    const denied = isMute && (await deniedError(this.url));
    const isRefusal = isMute && !denied && (await answersRequests(this.url));
    this.#lose(info, denied || gatewayClosedError(this.url, info, { wasOpen, isRefusal }));
  }

  #lose(info: GatewayCloseInfo, error: FloeError): void {
    if (this.#state !== 'closed') this.#error = error;
    this.#finish(error, info);
  }

  /** `reason` is for those who wait. */
  #finish(reason: unknown, info: GatewayCloseInfo = { code: 1000, reason: '' }): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.engine.close();
    this.#ready.reject(reason);
    this.#closed.resolve(info);
    this.dispatchEvent(new Event('statechange'));
  }
}
