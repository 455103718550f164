// Clients with tokens that come, take a socket, and are gone without a word, again and again.
import { bind, frame, hello, tunnel } from './tunnel.mjs';

const kClients = 100;
const kBound = 0x11;

export function begin(target) {
  const told = { sessions: 0, refused: 0 };
  const come = (number) => {
    const socket = tunnel(
      target,
      () => socket.write(frame(Buffer.concat([hello(target.tokens[number]), bind(target.bound)]))),
      (type) => {
        if (type !== kBound) return;
        ++told.sessions;
        socket.resetAndDestroy();
      },
    );
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('close', () => {
      if (socket.isRefused) ++told.refused;
      setTimeout(() => come(number), socket.isRefused ? 50 : 1);
    });
  };
  for (let number = 0; number < kClients; ++number) come(number);
  return () => told;
}
