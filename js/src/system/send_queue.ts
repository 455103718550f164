import type { Socket } from 'node:dgram';

import type { EngineLink } from '../front/engine_link.js';

/**
 * The most datagrams that leave before the runtime looks for what has arrived: Node takes 32 from a
 * socket in a turn of its loop, and the receiver may be in this process.
 */
const burstMax = 24;
/** Further datagrams are dropped, as a network does. */
const queueBytesMax = 1024 * 1024;

interface Outgoing {
  data: Uint8Array;
  address: string;
  port: number;
}

/**
 * The way out of one UDP socket: bursts leave in turns of the runtime's loop. Until a datagram has left,
 * its bytes count as on their way in the link, so that writers wait.
 */
export class SendQueue {
  readonly #socket: Socket;
  readonly #link: EngineLink;
  readonly #waiting: Outgoing[] = [];
  #waitingBytes = 0;
  /** Sent in this turn of the loop. */
  #burst = 0;
  #burstBytes = 0;
  #isClosed = false;

  constructor(socket: Socket, link: EngineLink) {
    this.#socket = socket;
    this.#link = link;
  }

  send(datagram: Outgoing): void {
    const size = datagram.data.length;
    if (this.#waitingBytes + size > queueBytesMax) return;
    this.#link.countUplink(size);
    if (this.#burst < burstMax) return this.#pass(datagram);
    this.#waiting.push(datagram);
    this.#waitingBytes += size;
  }

  /** Nothing more leaves. */
  close(): void {
    this.#isClosed = true;
    this.#link.releaseUplink(this.#burstBytes + this.#waitingBytes);
  }

  #pass({ data, address, port }: Outgoing): void {
    if (this.#burst === 0) setImmediate(() => this.#turn());
    this.#burst++;
    this.#burstBytes += data.length;
    // An error belongs to this datagram alone, as one that the network loses.
    this.#socket.send(data, port, address, () => {});
  }

  #turn(): void {
    if (this.#isClosed) return;
    // The kernel is busy: what it has not taken is in the socket's own queue.
    if ((this.#socket.getSendQueueSize?.() ?? 0) > 0) return void setTimeout(() => this.#turn(), 1);
    const left = this.#burstBytes;
    this.#burst = this.#burstBytes = 0;
    for (const next of this.#waiting.splice(0, burstMax)) {
      this.#waitingBytes -= next.data.length;
      this.#pass(next);
    }
    this.#link.releaseUplink(left);
  }
}
