// Connections that are opened and reset, as fast as this process can.
import { keep } from './connections.mjs';

export function begin(target) {
  return keep(target, { count: 400, perSecond: 3000 }, (socket) => socket.resetAndDestroy());
}
