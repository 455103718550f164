// Frames that are too long, never whole, cut into too many pieces, or not as a client may send them,
// before a token and after it.
import { bind, frame, hello, record, tunnel } from './tunnel.mjs';

const kEveryMs = 10;
const kGiveUpMs = 6000;
const kWelcome = 0x02;
const kFin = 0x80;
const kBinary = 0x02;
const kText = 0x81;
const kMebibyte = 1 << 20;

const bytes = (size) => Buffer.alloc(size, 0x30);
const pieces = (count, size) =>
  Buffer.concat([
    frame(bytes(size), { first: kBinary }),
    ...Array.from({ length: count }, () => frame(bytes(size), { first: 0 })),
  ]);

/// What is said, and whether the gateway has to end it.
const kKinds = {
  'a header of 2^62 bytes': () => frame(bytes(100), { length: 2n ** 62n }),
  'a message of 1 MiB': () => frame(bytes(kMebibyte)),
  'a message that is never whole': () => frame(bytes(65_000), { length: 65_500 }),
  'pieces of one byte': () => pieces(3000, 1),
  'empty pieces': () => pieces(5000, 0),
  'a piece of nothing': () => frame(bytes(10), { first: kFin }),
  'a reserved opcode': () => frame(bytes(10), { first: kFin | 0x05 }),
  'a text': () => frame(bytes(10), { first: kText }),
  'a long ping': () => frame(bytes(1000), { first: kFin | 0x09 }),
  'no mask': () => Buffer.concat([Buffer.from([0x82, 8]), hello('').subarray(0, 8)]),
  'a record of a server': () => frame(record(kWelcome, bytes(20))),
  'a record longer than its message': () => frame(Buffer.from([0x30, 0, 0xff, 0xff, 1, 2])),
};

export function begin(target) {
  const told = Object.fromEntries(Object.keys(kKinds).map((kind) => [kind, { said: 0, ended: 0 }]));
  const kinds = Object.entries(kKinds);
  let number = 0;
  setInterval(() => {
    const [kind, make] = kinds[number % kinds.length];
    const withToken = Math.floor(number / kinds.length) % 2 === 1;
    const token = target.tokens[number % target.tokens.length];
    ++number;
    let timer;
    const say = (socket) => {
      ++told[kind].said;
      socket.write(make());
      socket.on('end', () => ++told[kind].ended);
      timer = setTimeout(() => socket.destroy(), kGiveUpMs);
    };
    const socket = tunnel(
      target,
      () => {
        if (!withToken) return say(socket);
        return socket.write(frame(Buffer.concat([hello(token), bind(target.bound)])));
      },
      (type) => (type === kWelcome ? say(socket) : undefined),
    );
    socket.on('close', () => clearTimeout(timer));
  }, kEveryMs);
  return () => told;
}
