// WebSockets that are opened and say nothing: no token, nothing to refuse.
import { keep } from './connections.mjs';
import { upgradeRequest } from './tunnel.mjs';

export function begin(target) {
  let agreed = 0;
  let refused = 0;
  const told = keep(target, { count: 6000, perSecond: 700 }, (socket) => {
    socket.write(upgradeRequest(target));
    socket.once('data', (chunk) => {
      if (chunk.includes('HTTP/1.1 101')) ++agreed;
      else ++refused;
    });
  });
  return () => ({ ...told(), agreed, refused });
}
