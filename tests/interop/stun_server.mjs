// A STUN server over UDP on loopback that tells every client the same mapped address, as if a NAT
// were in between.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const kMagicCookie = 0x2112a442;
const kMapped = { ip: 0xc0000207, address: '192.0.2.7', port: 40000 };

/// `close()` ends it; `asked` counts requests, `mapped` is what it tells.
export async function startStunServer() {
  const socket = createSocket('udp4');
  const server = { asked: 0, mapped: kMapped, close: () => socket.close() };
  socket.on('message', (request, { address, port }) => {
    server.asked++;
    const response = Buffer.alloc(32);
    response.writeUInt16BE(0x0101); // Binding success
    response.writeUInt16BE(12, 2);
    request.copy(response, 4, 4, 20); // the magic cookie and the transaction id
    response.writeUInt16BE(0x0020, 20); // XOR-MAPPED-ADDRESS
    response.writeUInt16BE(8, 22);
    response[25] = 1;
    response.writeUInt16BE(kMapped.port ^ (kMagicCookie >>> 16), 26);
    response.writeUInt32BE((kMapped.ip ^ kMagicCookie) >>> 0, 28);
    socket.send(response, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  server.port = socket.address().port;
  return server;
}
