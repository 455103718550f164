// Clients with a token that look for open ports by checks of ICE, and come again when they are sent
// away.
import { bind, check, frame, hello, send, tunnel } from './tunnel.mjs';

const kClients = 4;
const kBound = 0x11;
const kFirst = 2000;
const kLast = 60_000;
const kEveryMs = 20;
const kAtOnce = 10;

export function begin(target) {
  const told = { tried: 0, sentAway: 0, sessions: 0 };
  let port = kFirst;
  const sweep = (number) => {
    const socket = tunnel(
      target,
      () => socket.write(frame(Buffer.concat([hello(target.tokens[number]), bind(target.bound)]))),
      (type) => {
        if (type !== kBound) return;
        ++told.sessions;
        const timer = setInterval(() => {
          const checks = Array.from({ length: kAtOnce }, () => {
            port = port === kLast ? kFirst : port + 1;
            return send(target.peer, port, check());
          });
          told.tried += kAtOnce;
          socket.write(frame(Buffer.concat(checks)));
        }, kEveryMs);
        socket.on('close', () => clearInterval(timer));
      },
    );
    socket.on('close', () => {
      if (socket.closeCode === 4011) ++told.sentAway;
      setTimeout(() => sweep(number), 100);
    });
  };
  for (let number = 0; number < kClients; ++number) sweep(number);
  return () => told;
}
