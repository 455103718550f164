// Clients with a token and a peer that floods them, who never read what comes.
import dgram from 'node:dgram';
import { once } from 'node:events';
import { bind, boundAddress, check, frame, hello, send, success, tunnel } from './tunnel.mjs';

const kClients = 60;
const kBound = 0x11;
const kTickMs = 10;
const kAtOnce = 40;
const kSize = 1200;

export async function begin(target) {
  const told = { stalled: 0, sent: 0, ended: 0 };
  const peer = dgram.createSocket('udp4');
  peer.bind(0, target.stranger);
  await once(peer, 'listening');
  peer.on('error', () => {});
  const flooded = new Map();
  const byPort = new Map();
  peer.on('message', (datagram, { port, address }) => {
    if (datagram[0] !== 0) return;
    peer.send(success(datagram), port, address);
    const socket = byPort.get(port);
    if (!socket || flooded.has(port)) return;
    ++told.stalled;
    setTimeout(() => socket.pause(), 50); // it has read that it has consent
    flooded.set(port, address);
  });
  const stall = (number) => {
    let port;
    const socket = tunnel(
      target,
      () => socket.write(frame(Buffer.concat([hello(target.tokens[number]), bind(target.bound)]))),
      (type, body) => {
        if (type !== kBound) return;
        ({ port } = boundAddress(body));
        byPort.set(port, socket);
        const ask = () => socket.write(frame(send(target.stranger, peer.address().port, check())));
        ask();
        const timer = setInterval(ask, 5000);
        socket.on('close', () => clearInterval(timer));
      },
    );
    socket.on('close', () => {
      ++told.ended;
      flooded.delete(port);
      byPort.delete(port);
      setTimeout(() => stall(number), 500);
    });
  };
  for (let number = 0; number < kClients; ++number) stall(number);
  const data = Buffer.alloc(kSize, 0x80);
  let turn = 0;
  setInterval(() => {
    const all = [...flooded];
    for (let i = 0; i < kAtOnce && all.length > 0; ++i) {
      const [port, address] = all[turn++ % all.length];
      peer.send(data, port, address);
      ++told.sent;
    }
  }, kTickMs);
  return () => told;
}
