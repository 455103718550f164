// A client of floe.tunnel.1 in its barest form, to see what the gateway sends: it says HELLO and keeps
// the records that come.
import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';

const kHello = 1;
const kGoAway = 5;

/// One of a client, which is masked; shorter than 64 KiB (RFC 6455, section 5.2).
function frame(payload) {
  const mask = randomBytes(4);
  const head = Buffer.from([0x82, 0x80 | 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ mask[index % 4])]);
}

function hello(token) {
  const body = Buffer.alloc(8 + token.length);
  body.writeUInt8(1, 0);
  body.writeUInt8(1, 1);
  body.writeUInt16BE(token.length, 6);
  token.copy(body, 8);
  return Buffer.concat([Buffer.from([kHello, 0, 0, body.length]), body]);
}

export class RawTunnel {
  records = [];
  closed = false;
  #rest = Buffer.alloc(0);

  /// Resolves to a tunnel that is open, or to {status} when the gateway refuses it.
  static open(address, { token = '', headers: more = {} } = {}) {
    const key = randomBytes(16).toString('base64');
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': key,
      'sec-websocket-protocol': 'floe.tunnel.1',
      ...more,
    };
    return new Promise((resolve, reject) => {
      const request = http.request(`http://${address}/tunnel`, { headers, agent: false });
      request.on('upgrade', (response, socket, head) => {
        const proof = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
        if (response.headers['sec-websocket-accept'] !== proof.digest('base64'))
          reject(new Error('the gateway answered another key'));
        resolve(new RawTunnel(socket, head, token));
      });
      request.on('response', (response) => {
        response.resume();
        resolve({ status: response.statusCode });
      });
      request.on('error', reject).end();
    });
  }

  constructor(socket, head, token) {
    this.socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', () => {});
    socket.on('close', () => (this.closed = true));
    this.#take(head);
    socket.write(frame(hello(Buffer.from(token))));
  }

  has(type) {
    return this.records.some((record) => record.type === type);
  }

  /// Milliseconds until it should come back; undefined: nobody said so.
  get reconnectIn() {
    return this.records.find(({ type }) => type === kGoAway)?.body.readUInt32BE(0);
  }

  close() {
    this.socket.destroy();
  }

  #take(chunk) {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      if (this.#rest.length < 2) return;
      const short = this.#rest[1] & 0x7f;
      const head = short === 126 ? 4 : 2;
      if (this.#rest.length < head) return;
      const length = short === 126 ? this.#rest.readUInt16BE(2) : short;
      if (this.#rest.length < head + length) return;
      if ((this.#rest[0] & 0x0f) === 2) this.#read(this.#rest.subarray(head, head + length));
      this.#rest = this.#rest.subarray(head + length);
    }
  }

  #read(message) {
    for (let at = 0; at + 4 <= message.length;) {
      const length = message.readUInt16BE(at + 2);
      this.records.push({ type: message[at], body: message.subarray(at + 4, at + 4 + length) });
      at += 4 + length;
    }
  }
}
