// The server's half of floe.tunnel.1 for tests: sockets of a network in memory, no UDP.
const Type = {
  hello: 0x01,
  welcome: 0x02,
  ping: 0x03,
  pong: 0x04,
  goAway: 0x05,
  error: 0x06,
  credit: 0x07,
  bind: 0x10,
  bound: 0x11,
  closeSocket: 0x12,
  socketClosed: 0x13,
  peerOpen: 0x20,
  peerOpened: 0x21,
  peerClose: 0x22,
  send: 0x30,
  sendShort: 0x31,
  received: 0x32,
  resolve: 0x40,
  resolved: 0x41,
};
const canResolve = 1;
const Status = { found: 0, noSuchName: 1 };
const stampedFlag = 0x01;
const atBoundFlag = 0x02;
const permissionOpen = 1;
const forever = 0xffffffff;

/** Where the sockets of all clients of one fake gateway meet: endpoints by "address:port". */
export class FakeNetwork {
  maxDatagramSize = 65507;
  endpoints = new Map();
  /** Nothing arrives. */
  isDown = false;
  /** Called with each datagram; returns those that arrive in its place. */
  tamper = (payload) => [payload];
  /** IPv4 addresses by host name. */
  names = new Map();
  #nextPort = 40000;

  bind(address, deliver) {
    const port = this.#nextPort++;
    this.endpoints.set(`${address}:${port}`, deliver);
    return port;
  }

  close(address, port) {
    this.endpoints.delete(`${address}:${port}`);
  }

  send(from, to, payload) {
    if (this.isDown) return;
    for (const datagram of this.tamper(payload)) {
      this.endpoints.get(`${to.address}:${to.port}`)?.(from, datagram);
    }
  }
}

/** One client's session. `send` takes a message for it. */
export class FakeTunnelSession {
  token = '';
  datagrams = 0;
  #network;
  #addresses;
  #send;
  #close;
  #requiredToken;
  #sockets = new Map();
  #outgoing = [];

  constructor({ network, addresses, requiredToken, send, close }) {
    this.#network = network;
    this.#addresses = addresses;
    this.#requiredToken = requiredToken;
    this.#send = send;
    this.#close = close;
  }

  handle(message) {
    let at = 0;
    let creditBytes = 0;
    while (at < message.length) {
      const type = message[at];
      const flags = message[at + 1];
      const size = message.readUInt16BE(at + 2);
      const record = message.subarray(at + 4, at + 4 + size);
      at += 4 + size;
      if (type === Type.send || type === Type.sendShort) creditBytes += 4 + size;
      this.#handleRecord(type, flags, record);
    }
    if (creditBytes > 0) this.#write(Type.credit, u32(creditBytes));
    this.#flush();
  }

  end() {
    for (const { local } of this.#sockets.values()) this.#network.close(local.address, local.port);
  }

  #handleRecord(type, flags, record) {
    if (type === Type.hello) this.#onHello(record);
    else if (type === Type.ping) this.#write(Type.pong, record, u32(Date.now() * 1000));
    else if (type === Type.bind) this.#onBind(record);
    else if (type === Type.closeSocket) this.#onCloseSocket(record.readUInt16BE(0));
    else if (type === Type.resolve) this.#onResolve(record);
    else if (type === Type.peerOpen) this.#onPeerOpen(record);
    else if (type === Type.send) this.#onSend(flags, record);
    else if (type === Type.sendShort) this.#onSendShort(flags, record);
  }

  #onHello(record) {
    this.token = record.subarray(8).toString();
    if (this.#requiredToken && this.token !== this.#requiredToken) {
      this.#write(Type.error, u16(6), u8(Type.hello), u32(0), text('the token is not this one'));
      this.#flush();
      this.#close(4006, 'the token is not this one');
      return;
    }
    const addresses = this.#addresses.map((address) =>
      Buffer.concat([u8(4), ip(address), text('eth0')]),
    );
    const limits = [
      u16(this.#network.maxDatagramSize),
      u16(32),
      u16(64),
      u32(256 * 1024),
      u32(20000),
    ];
    const session = Buffer.alloc(8, 1);
    this.#write(
      Type.welcome,
      u8(1),
      u32(canResolve),
      session,
      ...limits,
      u8(addresses.length),
      ...addresses,
    );
  }

  #onResolve(record) {
    const found = this.#network.names.get(record.subarray(4).toString());
    const status = found ? Status.found : Status.noSuchName;
    const addresses = (found ?? []).map((address) => Buffer.concat([u8(4), ip(address)]));
    this.#write(
      Type.resolved,
      record.subarray(0, 2),
      u8(status),
      u8(addresses.length),
      ...addresses,
    );
  }

  #onBind(record) {
    const socket = record.readUInt16BE(0);
    const address = record.subarray(3, 7).join('.');
    const port = this.#network.bind(address, (from, payload) => {
      this.#write(Type.received, { flags: atBoundFlag }, u16(socket), endpoint(from), payload);
      queueMicrotask(() => this.#flush());
    });
    this.#sockets.set(socket, { local: { address, port }, peers: new Map() });
    this.#write(Type.bound, u16(socket), endpoint({ address, port }), u8(0));
  }

  #onCloseSocket(number) {
    const socket = this.#sockets.get(number);
    if (!socket) return;
    this.#network.close(socket.local.address, socket.local.port);
    this.#sockets.delete(number);
    this.#write(Type.socketClosed, u16(number), u8(0));
  }

  #onPeerOpen(record) {
    const socket = this.#sockets.get(record.readUInt16BE(0));
    socket?.peers.set(record.readUInt16BE(2), readEndpoint(record.subarray(4)));
    this.#write(Type.peerOpened, record.subarray(0, 4), u8(permissionOpen), u8(0), u32(forever));
  }

  #onSend(flags, record) {
    const at = flags & stampedFlag ? 6 : 2;
    const size = record[at] === 4 ? 7 : 19;
    this.#pass(
      record.readUInt16BE(0),
      readEndpoint(record.subarray(at)),
      record.subarray(at + size),
    );
  }

  #onSendShort(flags, record) {
    const number = record.readUInt16BE(0);
    const at = flags & stampedFlag ? 6 : 2;
    const to = this.#sockets.get(number)?.peers.get(record.readUInt16BE(at));
    if (to) this.#pass(number, to, record.subarray(at + 2));
  }

  #pass(number, to, payload) {
    const socket = this.#sockets.get(number);
    if (!socket) return;
    this.datagrams++;
    this.#network.send(socket.local, to, Buffer.from(payload));
  }

  #write(type, ...parts) {
    const flags = parts[0]?.flags ?? 0;
    const body = Buffer.concat(parts.filter((part) => part instanceof Uint8Array));
    this.#outgoing.push(Buffer.concat([u8(type), u8(flags), u16(body.length), body]));
  }

  #flush() {
    while (this.#outgoing.length > 0) {
      const message = [];
      let size = 0;
      while (
        this.#outgoing.length > 0 &&
        (size === 0 || size + this.#outgoing[0].length <= 16384)
      ) {
        size += this.#outgoing[0].length;
        message.push(this.#outgoing.shift());
      }
      this.#send(Buffer.concat(message));
    }
  }
}

const u8 = (value) => Buffer.from([value]);
const u16 = (value) => Buffer.from([value >> 8, value & 0xff]);
const u32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value % 2 ** 32);
  return bytes;
};
const ip = (address) => Buffer.from(address.split('.').map(Number));
const text = (value) => Buffer.concat([u8(value.length), Buffer.from(value)]);
const endpoint = ({ address, port }) => Buffer.concat([u8(4), ip(address), u16(port)]);
const readEndpoint = (bytes) => ({
  address: bytes.subarray(1, 5).join('.'),
  port: bytes.readUInt16BE(5),
});
