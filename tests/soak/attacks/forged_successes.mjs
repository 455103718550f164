// Successes that nobody asked for: strangers who answer for a peer that keeps silent, so that the
// gateway sends it data; and a spray of them on all sockets of clients.
import dgram from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { bind, boundAddress, check, frame, hello, send, success, tunnel } from './tunnel.mjs';

const kBound = 0x11;
const kTickMs = 10;
const kSprayed = 20;
const kFirstPort = 32_768;
const kPorts = 16_384;

async function udp(ip) {
  const socket = dgram.createSocket('udp4');
  socket.bind(0, ip);
  await once(socket, 'listening');
  socket.on('error', () => {});
  return socket;
}

const random = (count) => Math.floor(Math.random() * count);

export async function begin(target) {
  const told = { forged: 0, sprayed: 0, data: 0, checks: 0, reached: 0 };
  const stranger = await udp(target.stranger);
  const neighbour = await udp(target.peer); // the victim's address, another port
  const victim = await udp(target.peer);
  const isCheck = (datagram) => datagram[0] === 0 && datagram.readUInt32BE(4) === 0x2112a442;
  victim.on('message', (datagram) => {
    if (isCheck(datagram)) ++told.checks;
    else ++told.reached;
  });
  const attack = ({ ip, port }, socket) => {
    const asked = check();
    const withAnotherId = success(check());
    // The victim did not say this; the address is right, and the id is not.
    victim.send(withAnotherId, port, ip);
    // These know the id, and are not whom the gateway asked.
    stranger.send(success(asked), port, ip);
    neighbour.send(success(asked), port, ip);
    told.forged += 3;
    const data = Buffer.alloc(200, 0x80);
    const to = (payload) => send(target.peer, victim.address().port, payload);
    socket.write(frame(Buffer.concat([to(asked), to(data), to(data)])));
    told.data += 2;
  };
  const socket = tunnel(
    target,
    () => socket.write(frame(Buffer.concat([hello(target.tokens[0]), bind(target.bound)]))),
    (type, body) => {
      if (type !== kBound) return;
      const address = boundAddress(body);
      const timer = setInterval(() => attack(address, socket), kTickMs * 5);
      socket.on('close', () => clearInterval(timer));
    },
  );
  setInterval(() => {
    for (let i = 0; i < kSprayed; ++i) {
      const payload = i % 2 === 0 ? success(check(randomBytes(12))) : Buffer.alloc(300, 0x80);
      stranger.send(payload, kFirstPort + random(kPorts), target.bound);
      ++told.sprayed;
    }
  }, kTickMs);
  return () => told;
}
