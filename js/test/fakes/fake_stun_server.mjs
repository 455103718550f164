// A STUN server on a fake network: tells everybody the same mapped address, or an error.
const magicCookie = 0x2112a442;

/** Answers at `address` ("192.0.2.9:3478") until the test ends; returns how often it was asked. */
export function addStunServer(network, address, { mapped, error } = {}) {
  const [host, port] = address.split(':');
  const self = { address: host, port: Number(port) };
  const server = { asked: 0 };
  network.endpoints.set(address, (from, request) => {
    server.asked++;
    const attribute = error ? errorCode(error) : xorMappedAddress(mapped);
    const header = Buffer.alloc(20);
    header.writeUInt16BE(error ? 0x0111 : 0x0101);
    header.writeUInt16BE(attribute.length, 2);
    request.copy(header, 4, 4, 20);
    network.send(self, from, Buffer.concat([header, attribute]));
  });
  return server;
}

function xorMappedAddress({ address, port }) {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16BE(0x0020);
  bytes.writeUInt16BE(8, 2);
  bytes[5] = 1;
  bytes.writeUInt16BE(port ^ (magicCookie >>> 16), 6);
  const ip = Buffer.from(address.split('.').map(Number)).readUInt32BE();
  bytes.writeUInt32BE((ip ^ magicCookie) >>> 0, 8);
  return bytes;
}

/** `reason` has a multiple of four characters. */
function errorCode({ code, reason }) {
  const bytes = Buffer.alloc(8 + reason.length);
  bytes.writeUInt16BE(0x0009);
  bytes.writeUInt16BE(4 + reason.length, 2);
  bytes[6] = Math.floor(code / 100);
  bytes[7] = code % 100;
  bytes.write(reason, 8);
  return bytes;
}
