// What one writes oneself: a WebSocket message is an IPv4 address, a port and a datagram.
import { createSocket } from 'node:dgram';
import { WebSocketServer } from 'ws';
import { server } from './listen.mjs';

new WebSocketServer({ server }).on('connection', (client) => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  client.on('message', (message) => {
    const address = message.subarray(0, 4).join('.');
    socket.send(message.subarray(6), message.readUInt16BE(4), address);
  });
  socket.on('message', (datagram, { address, port }) => {
    const message = Buffer.allocUnsafe(6 + datagram.length);
    address.split('.').forEach((byte, index) => (message[index] = Number(byte)));
    message.writeUInt16BE(port, 4);
    datagram.copy(message, 6);
    client.send(message);
  });
  client.on('close', () => socket.close());
});
