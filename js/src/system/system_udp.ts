import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';

import type { EngineLink } from '../front/engine_link.js';
import { packAddress } from '../front/pack_address.js';
import type { EventReader, TransportAddress } from '../wire/event_reader.js';
import { SendQueue } from './send_queue.js';

/** In the order of BindError in platform/api/datagram_socket.h. */
export const BindError = {
  address_in_use: 0,
  address_not_available: 1,
  denied: 2,
  limit: 3,
  closed: 4,
} as const;
type BindError = (typeof BindError)[keyof typeof BindError];

/** The most ports of a range that are tried. */
const portTriesMax = 64;
/** The buffer of the kernel for datagrams that nobody has read yet, in bytes. */
const receiveBufferSize = 1024 * 1024;
/** Senders whose packed address is remembered; a transport has few peers. */
const sendersMax = 256;

export interface UdpRequest {
  address: string;
  /** 0 with portMax 0: any port. */
  portMin: number;
  portMax: number;
}

export interface UdpEvents {
  bound(local: TransportAddress): void;
  failed(error: BindError): void;
  /** `from` is packed as packAddress() does it. */
  datagram(from: Uint8Array, data: Uint8Array): void;
}

/** One UDP socket of the system. */
export class SystemUdp {
  readonly #socket: Socket;
  readonly #queue: SendQueue;
  readonly #request: UdpRequest;
  readonly #events: UdpEvents;
  readonly #senders = new Map<string, Uint8Array>();
  #isBound = false;
  #isClosed = false;

  constructor(link: EngineLink, request: UdpRequest, events: UdpEvents) {
    this.#request = request;
    this.#events = events;
    this.#socket = this.#create();
    this.#queue = new SendQueue(this.#socket, link);
    queueMicrotask(() => this.#bind(firstPort(request), 0));
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#queue.close();
    this.#socket.close();
  }

  /** Sends the rest of the record: a remote address and a datagram. */
  send(reader: EventReader): void {
    const remote = reader.address();
    if (this.#isBound) this.#queue.send({ data: reader.view(), ...remote });
  }

  #create(): Socket {
    const type = isIPv6(this.#request.address) ? 'udp6' : 'udp4';
    const socket = createSocket({
      type,
      ipv6Only: type === 'udp6',
      // The addresses are numeric: a lookup would cost each datagram a turn of the loop.
      lookup: (host, _, callback) => callback(null, host, type === 'udp6' ? 6 : 4),
    });
    socket.on('message', (data, { address, port }) => {
      // Nobody can answer to port 0; only a forged packet comes from there.
      if (port !== 0) this.#events.datagram(this.#packed(address, port), data);
    });
    return socket;
  }

  #bind(port: number, tries: number): void {
    if (this.#isClosed) return;
    const { address, portMin, portMax } = this.#request;
    const socket = this.#socket;
    const onError = (error: NodeJS.ErrnoException): void => {
      const reason = bindErrorOf(error);
      const ports = portMax === 0 ? 1 : portMax - portMin + 1;
      const next = port + 1 > portMax ? portMin : port + 1;
      if (reason === BindError.address_in_use && tries + 1 < Math.min(ports, portTriesMax)) {
        // Later: at this moment the listeners of the failed try would hear of the next one, too.
        return queueMicrotask(() => this.#bind(next, tries + 1));
      }
      this.close();
      this.#events.failed(reason);
    };
    socket.once('error', onError);
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', onError);
      if (!this.#isClosed) this.#bound();
    });
  }

  #bound(): void {
    const socket = this.#socket;
    socket.on('error', ignore); // of one datagram, such as "port unreachable"
    try {
      socket.setRecvBufferSize(receiveBufferSize);
    } catch {
      // A smaller buffer works, too.
    }
    this.#isBound = true;
    const { address, port } = socket.address();
    this.#events.bound({ address, port });
  }

  #packed(address: string, port: number): Uint8Array {
    const key = `${address} ${port}`;
    let packed = this.#senders.get(key);
    if (packed) return packed;
    packed = packAddress(address.replace(/%.*$/, ''), port);
    if (this.#senders.size >= sendersMax) this.#senders.clear();
    this.#senders.set(key, packed);
    return packed;
  }
}

function ignore(): void {}

function firstPort({ portMin, portMax }: UdpRequest): number {
  return portMin + Math.floor(Math.random() * (portMax - portMin + 1));
}

function bindErrorOf({ code }: NodeJS.ErrnoException): BindError {
  if (code === 'EADDRINUSE') return BindError.address_in_use;
  if (code === 'EACCES' || code === 'EPERM') return BindError.denied;
  if (code === 'EMFILE' || code === 'ENFILE' || code === 'ENOBUFS') return BindError.limit;
  return BindError.address_not_available;
}
