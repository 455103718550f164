// A UDP socket as a command, to try from outside what the routers of the lab do: JSON lines.
//
//   node udp_end.mjs ADDRESS PORT [--echo]
//
// In: {"to": {address, port}, "count": 1}. Out: {"event":"listening","port"}, and for each datagram
// {"event":"arrived", address, port, "number": which of those sent, "ms": since it was sent}. With
// --echo datagrams go back instead.
import { createSocket } from 'node:dgram';
import { createInterface } from 'node:readline';

const kGapMs = 2; // between datagrams, so that no queue overflows
const kBytes = 12; // a number and the time of sending

const [address, port, mode] = process.argv.slice(2);
const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
const say = (event, members) => console.log(JSON.stringify({ event, ...members }));

const now = () => performance.timeOrigin + performance.now(); // the same for all processes

function arrived(datagram, remote) {
  if (mode === '--echo') {
    socket.send(datagram, remote.port, remote.address);
  } else if (datagram.length === kBytes) {
    const ms = now() - datagram.readDoubleBE(4);
    say('arrived', {
      address: remote.address,
      port: remote.port,
      number: datagram.readUInt32BE(0),
      ms,
    });
  }
}

function send({ to, count = 1 }, number = 0) {
  if (number >= count) return;
  const datagram = Buffer.alloc(kBytes);
  datagram.writeUInt32BE(number);
  datagram.writeDoubleBE(now(), 4);
  socket.send(datagram, to.port, to.address);
  setTimeout(() => send({ to, count }, number + 1), kGapMs);
}

socket.on('message', arrived);
socket.on('error', () => {}); // an unreachable peer is a silent one
socket.bind(Number(port), address, () => say('listening', { port: socket.address().port }));
createInterface({ input: process.stdin })
  .on('line', (line) => send(JSON.parse(line)))
  .on('close', () => process.exit(0));
