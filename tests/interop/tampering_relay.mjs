// A TURN server that changes what it relays: a forwarder before an honest one. Between the two, and on
// their own ports, it may do with the data what a server could.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const kDataAttribute = 0x0013;
const kHeaderSize = 20;
const kMagicCookie = 0x2112a442;

/// The part of a message of TURN that is a datagram of the agent; undefined: it carries none.
export function relayedPart(message) {
  if (message.length >= 4 && message[0] >> 4 === 4) {
    return message.subarray(4, 4 + message.readUInt16BE(2)); // ChannelData
  }
  if (message.length < kHeaderSize || message.readUInt32BE(4) !== kMagicCookie) return undefined;
  for (let at = kHeaderSize; at + 4 <= message.length;) {
    const size = message.readUInt16BE(at + 2);
    if (message.readUInt16BE(at) === kDataAttribute) return message.subarray(at + 4, at + 4 + size);
    at += 4 + ((size + 3) & ~3);
  }
  return undefined;
}

export class TamperingRelay {
  /// Is given each relayed datagram, to change it in place, and returns how often it is passed on.
  tamper = () => 1;
  #front = createSocket('udp4');
  #behind = new Map(); // of each client, its socket towards the server
  #server;

  constructor(server) {
    this.#server = server;
    this.#front.on('message', (message, { port }) => this.#fromClient(message, port));
  }

  /// Resolves with the port of the relay.
  async listen() {
    this.#front.bind(0, '127.0.0.1');
    await once(this.#front, 'listening');
    return this.#front.address().port;
  }

  close() {
    for (const socket of [this.#front, ...this.#behind.values()]) socket.close();
  }

  #fromClient(message, client) {
    let socket = this.#behind.get(client);
    if (!socket) {
      socket = createSocket('udp4');
      socket.on('message', (answer) => {
        const copies = this.#change(answer);
        for (let i = 0; i < copies; ++i) this.#front.send(answer, client, '127.0.0.1');
      });
      this.#behind.set(client, socket);
    }
    const copies = this.#change(message);
    for (let i = 0; i < copies; ++i) socket.send(message, this.#server, '127.0.0.1');
  }

  #change(message) {
    const part = relayedPart(message);
    return part ? this.tamper(part) : 1;
  }
}
