// The handshake messages of a datagram, or the fragments of them, that are not encrypted (RFC 6347,
// sections 4.1 and 4.2.2).
const kRecordHeader = 13;
const kMessageHeader = 12;
const kHandshake = 22;

export const kClientHello = 1;
export const kHelloVerifyRequest = 3;
export const kCertificate = 11;

/// [{type, length, size}]: `size` is less than `length` for a fragment.
export function handshakeParts(datagram) {
  const parts = [];
  for (let at = 0; at + kRecordHeader <= datagram.length;) {
    const end = at + kRecordHeader + datagram.readUInt16BE(at + 11);
    const isPlain = datagram[at] === kHandshake && datagram.readUInt16BE(at + 3) === 0;
    if (isPlain) parts.push(...messages(datagram.subarray(at + kRecordHeader, end)));
    at = end;
  }
  return parts;
}

function messages(record) {
  const found = [];
  for (let at = 0; at + kMessageHeader <= record.length;) {
    const size = record.readUIntBE(at + 9, 3);
    found.push({ type: record[at], length: record.readUIntBE(at + 1, 3), size });
    at += kMessageHeader + size;
  }
  return found;
}

/// How many fragments of messages of `type`, or of any, these datagrams hold.
export const fragments = (datagrams, type) =>
  datagrams
    .flatMap(({ parts }) => parts)
    .filter((part) => part.size < part.length && part.type === (type ?? part.type)).length;

export const largest = (datagrams) => Math.max(...datagrams.map(({ size }) => size));
