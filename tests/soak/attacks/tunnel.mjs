// A client of floe.tunnel.1 that says whatever an attack wants, byte by byte.
import { createHmac, randomBytes } from 'node:crypto';
import { connect } from './connections.mjs';

const kMask = Buffer.from([0x5a, 0x3c, 0xc3, 0xa6]);

export function upgradeRequest({ host, port }) {
  return [
    'GET /tunnel HTTP/1.1',
    `Host: ${host}:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Protocol: floe.tunnel.1',
    '\r\n',
  ].join('\r\n');
}

/// A frame of a client (RFC 6455, section 5.2). Its first byte is FIN and the opcode; `length` is what
/// the header says, which need not be true.
export function frame(payload, { first = 0x82, length = payload.length } = {}) {
  const head = Buffer.alloc(10);
  head.writeUInt8(first, 0);
  head.writeUInt8(0x80 | 127, 1);
  head.writeBigUInt64BE(BigInt(length), 2);
  const short = Buffer.alloc(4);
  short.writeUInt8(first, 0);
  short.writeUInt8(0x80 | 126, 1);
  if (length < 65_536) short.writeUInt16BE(length, 2);
  const masked = Buffer.from(payload.map((byte, index) => byte ^ kMask[index % 4]));
  return Buffer.concat([length < 65_536 ? short : head, kMask, masked]);
}

export function record(type, body) {
  const head = Buffer.from([type, 0, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, body]);
}

export function hello(token) {
  const body = Buffer.alloc(8);
  body.writeUInt8(1, 0);
  body.writeUInt8(1, 1);
  body.writeUInt16BE(token.length, 6);
  return record(0x01, Buffer.concat([body, Buffer.from(token)]));
}

const ip4 = (text) => Buffer.from([4, ...text.split('.').map(Number)]);
const u16 = (number) => Buffer.from([number >> 8, number & 0xff]);

export const bind = (ip, socket = 1) =>
  record(0x10, Buffer.concat([u16(socket), ip4(ip), u16(0), u16(0)]));

export const send = (ip, port, payload, socket = 1) =>
  record(0x30, Buffer.concat([u16(socket), ip4(ip), u16(port), payload]));

/// A check of ICE, as a client has to send it.
export function check(id = randomBytes(12)) {
  const header = (length) =>
    Buffer.concat([u16(1), u16(length), Buffer.from([0x21, 0x12, 0xa4, 0x42]), id]);
  const username = Buffer.concat([u16(6), u16(4), Buffer.from('a:us')]);
  const mac = createHmac('sha1', 'password')
    .update(Buffer.concat([header(username.length + 24), username]))
    .digest();
  const signed = Buffer.concat([username, u16(8), u16(20), mac]);
  const before = Buffer.concat([header(signed.length + 8), signed]);
  const print = Buffer.alloc(8);
  print.writeUInt16BE(0x8028, 0);
  print.writeUInt16BE(4, 2);
  print.writeUInt32BE((crc32(before) ^ 0x5354554e) >>> 0, 4);
  return Buffer.concat([before, print]);
}

/// A success response to it by an attacker who knows the id, without FINGERPRINT.
export function success(request) {
  const answer = Buffer.from(request.subarray(0, request.length - 8));
  answer.writeUInt16BE(0x0101, 0);
  answer.writeUInt16BE(answer.length - 20, 2);
  return answer;
}

const kTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; ++bit) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crc32(bytes) {
  let value = -1;
  for (const byte of bytes) value = kTable[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ -1) >>> 0;
}

/// Calls `open(socket)` when the gateway has agreed, with an empty rest; `onrecord(type, body)` is
/// called for what comes afterwards.
export function tunnel(target, open, onrecord = () => {}) {
  const socket = connect(target);
  let rest = Buffer.alloc(0);
  let agreed = false;
  socket.on('connect', () => socket.write(upgradeRequest(target)));
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    if (!agreed) {
      const end = rest.indexOf('\r\n\r\n');
      if (end === -1) return;
      socket.isRefused = !rest.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'));
      if (socket.isRefused) return socket.destroy();
      agreed = true;
      rest = rest.subarray(end + 4);
      open(socket);
    }
    rest = readFrames(rest, socket, onrecord);
  });
  return socket;
}

function readFrames(bytes, socket, onrecord) {
  for (;;) {
    if (bytes.length < 4) return bytes;
    const short = bytes[1] & 0x7f;
    const head = short === 126 ? 4 : 2;
    const length = short === 126 ? bytes.readUInt16BE(2) : short;
    if (bytes.length < head + length) return bytes;
    const payload = bytes.subarray(head, head + length);
    const opcode = bytes[0] & 0x0f;
    if (opcode === 8) {
      socket.closeCode = length >= 2 ? payload.readUInt16BE(0) : 1005;
      socket.end();
    }
    if (opcode === 2) readRecords(payload, onrecord);
    bytes = bytes.subarray(head + length);
  }
}

function readRecords(message, onrecord) {
  for (let at = 0; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2);
    onrecord(message[at], message.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
}

/// The address in BOUND: {ip, port}.
export function boundAddress(body) {
  return { ip: [...body.subarray(3, 7)].join('.'), port: body.readUInt16BE(7) };
}
