import type { FloeError } from '../floe_error.js';
import { datagramSizeMax } from '../front/datagram_sender.js';
import { Deferred } from '../front/deferred.js';
import { EngineHandle } from '../front/engine_handle.js';
import type { EngineLink } from '../front/engine_link.js';
import { packAddress } from '../front/pack_address.js';
import type { SocketSource, SystemNetworkOptions } from '../front/socket_source.js';
import type { EventReader, EventRecord, TransportAddress } from '../wire/event_reader.js';
import { SystemCommand, SystemEvent } from '../wire/system_record_kind.js';
import { lookUp } from './host_lookup.js';
import { InterfaceWatch, type InterfaceAddress } from './interface_watch.js';
import { sourceTowards } from './source_address.js';
import { SystemStream } from './system_stream.js';
import { SystemUdp } from './system_udp.js';

/**
 * The sockets, addresses and names of the system, for the engine: it tells by events what it wants,
 * and hears by commands what became of it. wasm/system is the other end.
 */
export class SystemNetwork implements SocketSource {
  readonly engine: EngineHandle;
  readonly maxDatagramSize = datagramSizeMax;
  error: FloeError | undefined;

  readonly #interfaces: InterfaceWatch;
  readonly #sockets = new Map<number, SystemUdp>();
  readonly #streams = new Map<number, SystemStream>();
  readonly #closed = new Deferred<void>();
  #isClosed = false;

  constructor(link: EngineLink, options: SystemNetworkOptions) {
    this.engine = new EngineHandle(link, {
      onRecord: (record, reader) => this.#onRecord(record, reader),
      onEngineLost: (error) => {
        this.error = error;
        this.#end();
      },
    });
    this.engine.command(SystemCommand.system_create);
    this.#interfaces = new InterfaceWatch(options, (addresses, loopback) =>
      this.#tell(addresses, loopback),
    );
  }

  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** What was commanded before leaves first, such as a datagram that was sent just now. */
  close(): void {
    queueMicrotask(() => {
      this.engine.close();
      this.#end();
    });
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#interfaces.stop();
    for (const socket of this.#sockets.values()) socket.close();
    for (const stream of this.#streams.values()) stream.close();
    this.#closed.resolve();
  }

  #tell(addresses: readonly InterfaceAddress[], loopback: string): void {
    const command = this.engine.command(SystemCommand.system_addresses).u16(addresses.length);
    for (const { address, interfaceName, isTunnel } of addresses) {
      command.text(address).text(interfaceName).u8(Number(isTunnel));
    }
    command.text(loopback);
  }

  #onRecord({ kind }: EventRecord, reader: EventReader): void {
    if (this.#isClosed) return;
    const number = reader.u32();
    if (kind === SystemEvent.system_send) this.#sockets.get(number)?.send(reader);
    else if (kind === SystemEvent.system_stream_send)
      this.#streams.get(number)?.send(reader.rest());
    else if (kind === SystemEvent.system_open) this.#open(number, reader);
    else if (kind === SystemEvent.system_connect) this.#connect(number, reader);
    else if (kind === SystemEvent.system_resolve) void this.#resolve(number, reader.text());
    else if (kind === SystemEvent.system_route) void this.#route(reader.address());
    else if (kind === SystemEvent.system_close_socket) {
      this.#sockets.get(number)?.close();
      this.#sockets.delete(number);
    } else if (kind === SystemEvent.system_close_stream) {
      this.#streams.get(number)?.close();
      this.#streams.delete(number);
    }
  }

  #open(number: number, reader: EventReader): void {
    const request = { address: reader.text(), portMin: reader.u16(), portMax: reader.u16() };
    const command = (kind: SystemCommand) => this.engine.command(kind).u32(number);
    const socket = new SystemUdp(this.engine.link, request, {
      bound: ({ address, port }) =>
        command(SystemCommand.system_bound).bytes(packAddress(address, port)),
      failed: (error) => {
        this.#sockets.delete(number);
        command(SystemCommand.system_socket_failed).u8(error);
      },
      datagram: (from, data) => command(SystemCommand.system_datagram).bytes(from).bytes(data),
    });
    this.#sockets.set(number, socket);
  }

  #connect(number: number, reader: EventReader): void {
    const remote = reader.address();
    const tlsName = reader.u8() === 1 ? reader.text() : undefined;
    const command = (kind: SystemCommand) => this.engine.command(kind).u32(number);
    const stream = new SystemStream(remote, tlsName, {
      connected: ({ address, port }) =>
        command(SystemCommand.system_connected).bytes(packAddress(address, port)),
      bytes: (bytes) => command(SystemCommand.system_stream_bytes).bytes(bytes),
      taken: (size) => command(SystemCommand.system_stream_taken).u32(size),
      closed: (reason) => {
        this.#streams.delete(number);
        command(SystemCommand.system_stream_closed).text(reason);
      },
    });
    this.#streams.set(number, stream);
  }

  async #route({ address, port }: TransportAddress): Promise<void> {
    const source = await sourceTowards(address, port);
    if (!this.#isClosed) this.engine.command(SystemCommand.system_route_found).text(source ?? '');
  }

  async #resolve(number: number, name: string): Promise<void> {
    const { addresses, error } = await lookUp(name);
    if (this.#isClosed) return;
    const command = this.engine
      .command(SystemCommand.system_resolved)
      .u32(number)
      .u16(addresses.length);
    for (const address of addresses) command.text(address);
    command.text(error);
  }
}
