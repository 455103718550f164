// The path between two ends of DTLS: it passes datagrams on, loses, delays or repeats some of them,
// and reads what the handshake does not hide.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { handshakeParts } from './handshake_parts.mjs';

const kHost = '127.0.0.1';
const kFirst = 20;

/// The fate of datagram `index` of both directions, the first of which is 0: the delays in
/// milliseconds after which it arrives, none when it is lost.
export const passesAll = () => [0];
export const loses = (lost) => (index) => (index === lost ? [] : [0]);
/// Of the first datagrams. If it went on for ever, flights whose length fits to `n` would lose the same
/// part each time.
const each = (n, fate) => (index) => (index < kFirst && index % n === n - 1 ? fate : [0]);
export const losesEach = (n) => each(n, []);
export const delaysEach = (n, milliseconds) => each(n, [milliseconds]);
export const repeatsEach = (n, milliseconds) => each(n, [0, milliseconds]);

async function openSocket() {
  const socket = createSocket('udp4');
  socket.bind(0, kHost);
  await once(socket, 'listening');
  return socket;
}

export class Forwarder {
  seen = { client: [], server: [] }; // {size, parts} of each datagram, by who sent it
  touched = 0; // how many were lost, delayed or repeated

  #toClient;
  #toServer;
  #fate;
  #count = 0;
  #isOpen = true;

  /// Between the ports of a client and a server.
  static async between(client, server, fate) {
    const forwarder = new Forwarder(await openSocket(), await openSocket(), fate);
    forwarder.#forward(client, server);
    return forwarder;
  }

  constructor(toClient, toServer, fate) {
    this.#toClient = toClient;
    this.#toServer = toServer;
    this.#fate = fate;
  }

  /// Where the client and the server find each other.
  get portForClient() {
    return this.#toClient.address().port;
  }
  get portForServer() {
    return this.#toServer.address().port;
  }

  becomeGood() {
    this.#fate = passesAll;
  }

  close() {
    this.#isOpen = false;
    this.#toClient.close();
    this.#toServer.close();
  }

  #forward(client, server) {
    this.#toClient.on('message', (bytes) => this.#pass('client', bytes, this.#toServer, server));
    this.#toServer.on('message', (bytes) => this.#pass('server', bytes, this.#toClient, client));
  }

  #pass(from, bytes, socket, port) {
    this.seen[from].push({ size: bytes.length, parts: handshakeParts(bytes) });
    const delays = this.#fate(this.#count++);
    if (delays.length !== 1 || delays[0] > 0) ++this.touched;
    const send = () => this.#isOpen && socket.send(bytes, port, kHost);
    for (const delay of delays) {
      if (delay > 0) setTimeout(send, delay);
      else send();
    }
  }
}
