// A gateway on 127.0.0.1 for tests: /tunnel and /signal/ROOM, as the real one has them.
import { createServer } from 'node:http';

import { WebSocketServer } from 'ws';

import { FakeRooms } from './fake_rooms.mjs';
import { FakeNetwork, FakeTunnelSession } from './fake_tunnel.mjs';

export class FakeGateway {
  network = new FakeNetwork();
  sessions = new Set();
  rooms = new FakeRooms();
  #server = createServer((_, response) => response.writeHead(404).end());
  #sockets = new Set();

  /** Stops when the test `t` ends. `token`: what a client must bring. */
  static async start(t, { addresses = ['192.0.2.1'], token } = {}) {
    const gateway = new FakeGateway();
    t.after(() => gateway.#stop());
    const webSockets = new WebSocketServer({ server: gateway.#server, perMessageDeflate: false });
    webSockets.on('connection', (socket, request) => {
      gateway.#sockets.add(socket);
      socket.on('close', () => gateway.#sockets.delete(socket));
      if (request.url === '/tunnel') gateway.#acceptTunnel(socket, addresses, token);
      else gateway.#acceptSignaling(socket, request.url.split('/').at(-1));
    });
    await new Promise((resolve) => gateway.#server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get tunnelUrl() {
    return `ws://127.0.0.1:${this.#server.address().port}/tunnel`;
  }

  get signalUrl() {
    return `ws://127.0.0.1:${this.#server.address().port}/signal`;
  }

  /** Breaks all connections; new ones are welcome. */
  dropConnections() {
    for (const socket of this.#sockets) socket.terminate();
  }

  #stop() {
    this.dropConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  #acceptTunnel(socket, addresses, requiredToken) {
    const session = new FakeTunnelSession({
      network: this.network,
      addresses,
      requiredToken,
      send: (message) => socket.send(message),
      close: (code, reason) => socket.close(code, reason),
    });
    this.sessions.add(session);
    socket.on('message', (message) => session.handle(message));
    socket.on('close', () => session.end());
  }

  #acceptSignaling(socket, room) {
    const connection = this.rooms.connect(room, (message) => socket.send(JSON.stringify(message)));
    socket.on('message', (text) => connection.handle(String(text)));
    socket.on('close', () => connection.end());
  }
}
