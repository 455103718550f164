import type { BytesLike } from './bytes.js';
import { checkedOptions, onAbort, refuse } from './check_options.js';
import { bytesOf } from './datagrams.js';
import { UdpDatagramEvent } from './events.js';
import { closedError, FloeError } from './floe_error.js';
import { defineAsyncDispose, type AsyncDispose } from './front/async_dispose.js';
import { Deferred } from './front/deferred.js';
import { EngineHandle } from './front/engine_handle.js';
import { checkedAddress, packAddress } from './front/pack_address.js';
import type { SocketSource } from './front/socket_source.js';
import { openSystemNetwork } from './front/system_network.js';
import { Gateway } from './gateway.js';
import {
  defineEventAttributes,
  TypedEventTarget,
  type EventAttribute,
} from './typed_event_target.js';
import type { EventReader, EventRecord, TransportAddress } from './wire/event_reader.js';
import { Command, EventKind } from './wire/record_kind.js';

export interface UdpSocketOptions {
  /** Default: the system's own sockets, in Node, Deno and Bun. */
  gateway?: Gateway | undefined;
  /** One of the addresses of the gateway or system. Default: the first. */
  address?: string | undefined;
  /** Only these ports, both included. Default: any. */
  portRange?: readonly [number, number] | undefined;
  /** Closes the socket when it aborts. */
  signal?: AbortSignal | undefined;
}

export interface UdpSocketEvents {
  datagram: UdpDatagramEvent;
  close: Event;
}

export interface UdpSocket extends AsyncDispose {}

/**
 * A UDP socket of a gateway, or of the system.
 *
 * A gateway's policy decides which peers it may reach: by default only peers that answer STUN
 * checks, so that a page cannot send to machines that never agreed to receive from it.
 */
export class UdpSocket extends TypedEventTarget<UdpSocketEvents> {
  declare ondatagram: EventAttribute<this, UdpDatagramEvent>;
  declare onclose: EventAttribute<this, Event>;

  readonly #engine: EngineHandle;
  readonly #source: SocketSource;
  readonly #ownsSource: boolean;
  readonly #ready = new Deferred<TransportAddress>();
  #local: TransportAddress | undefined;
  #error: FloeError | undefined;
  #closed = false;

  static {
    defineEventAttributes(this, 'datagram close');
    defineAsyncDispose(this);
  }

  constructor(options: UdpSocketOptions = {}) {
    super();
    const { gateway, address = '', portRange, signal } = checkedOptions(options);
    const [portMin, portMax] = portRange ?? [0, 0];
    if (gateway !== undefined && !(gateway instanceof Gateway)) refuse('gateway', 'a Gateway');
    if (address !== '') checkedAddress(address);
    const addresses = address === '' ? [] : [address];
    this.#source = gateway ?? openSystemNetwork({}, { addresses });
    this.#ownsSource = !gateway;
    const { link, handle } = this.#source.engine;
    this.#engine = new EngineHandle(link, {
      onRecord: (record, reader) => this.#onRecord(record, reader),
      onEngineLost: (error) => this.#finish(error),
    });
    this.#engine.command(Command.udp_create).u32(handle).text(address).u16(portMin).u16(portMax);
    onAbort(signal, (reason) => this.#finish(undefined, reason));
    void this.#source.closed.then(() => this.#finish(this.#source.error));
  }

  /** Resolves with the address that the socket is bound to, at the gateway or here. */
  get ready(): Promise<TransportAddress> {
    return this.#ready.promise;
  }

  get localAddress(): string | undefined {
    return this.#local?.address;
  }

  get localPort(): number | undefined {
    return this.#local?.port;
  }

  /** Why the socket closed, unless close() did it. */
  get error(): FloeError | undefined {
    return this.#error;
  }

  /**
   * Sends one datagram to a literal IP address. Returns false when it was not sent: the socket is
   * not bound, the datagram is too long, or too many bytes are on their way already. `data` is
   * copied.
   */
  send(data: BytesLike, address: string, port: number): boolean {
    const bytes = bytesOf(data);
    const { link } = this.#engine;
    if (!this.#local || this.#closed || bytes.length > this.#source.maxDatagramSize) return false;
    if (!link.hasUplinkSpace(bytes.length)) return false;
    const to = packAddress(address, port);
    this.#engine.command(Command.udp_send).bytes(to).bytes(bytes);
    link.countUplink(to.length + bytes.length);
    return true;
  }

  close(): void {
    this.#finish();
  }

  #onRecord({ kind }: EventRecord, reader: EventReader): void {
    if (kind === EventKind.udp_datagram) {
      const remote = reader.address();
      const local = reader.address();
      this.dispatchEvent(new UdpDatagramEvent('datagram', reader.rest(), remote, local));
    } else if (kind === EventKind.udp_bound) {
      this.#local = reader.address();
      this.#ready.resolve(this.#local);
    } else if (kind === EventKind.udp_failed) {
      const who = this.#ownsSource ? 'system' : 'gateway';
      const message = `The ${who} could not open a socket: ${reader.text()}.`;
      this.#finish(new FloeError('NetworkError', 'bind-failed', message));
    }
  }

  #finish(error?: FloeError, reason: unknown = error ?? closedError('socket')): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#error = error;
    this.#engine.close();
    if (this.#ownsSource) this.#source.close();
    this.#ready.reject(reason);
    this.dispatchEvent(new Event('close'));
  }
}
