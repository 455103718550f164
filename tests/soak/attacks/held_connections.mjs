// Connections that are opened and held, from many addresses of one network. Every other has asked
// for something small before.
import { keep } from './connections.mjs';

export function begin(target) {
  let number = 0;
  let answered = 0;
  const told = keep(target, { count: 3000, perSecond: 1000 }, (socket) => {
    if (number++ % 2 === 0) return;
    socket.write(`GET /livez HTTP/1.1\r\nHost: ${target.host}\r\n\r\n`);
    socket.once('data', () => ++answered);
  });
  return () => ({ ...told(), answered });
}
