// The first bytes of a TLS handshake, which cost the server a signature and the client nothing.
import net from 'node:net';
import tls from 'node:tls';
import { keep } from './connections.mjs';

/// What a client of TLS 1.2 says first, as it says it to a server of our own.
function recordHello() {
  return new Promise((resolve) => {
    const server = net.createServer((socket) =>
      socket.once('data', (bytes) => {
        resolve(bytes);
        socket.destroy();
        server.close();
      }),
    );
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      const client = tls.connect({ port, host: '127.0.0.1', maxVersion: 'TLSv1.2' });
      client.on('error', () => {});
    });
  });
}

export async function begin(target) {
  const hello = await recordHello();
  let answered = 0;
  const told = keep(target, { count: 2000, perSecond: 1000 }, (socket) => {
    socket.write(hello);
    socket.once('data', () => {
      ++answered;
      socket.resetAndDestroy();
    });
  });
  return () => ({ ...told(), answered });
}
