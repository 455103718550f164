// Many TCP connections, kept at a number and a rate.
import net from 'node:net';

const kTickMs = 10;

/// One connection, from one of the attacker's addresses in turn.
let next = 0;
export function connect({ host, port, from }) {
  const socket = net.connect({ host, port, localAddress: from[next++ % from.length] });
  socket.on('error', () => {});
  return socket;
}

/// Keeps up to `count` connections, of which at most `perSecond` are new. `begin(socket)` is called
/// for each that is open. Returns a function that tells how many there were.
export function keep(target, { count, perSecond }, begin) {
  const told = { made: 0, opened: 0, open: 0 };
  let there = 0;
  const add = () => {
    const socket = connect(target);
    ++there;
    ++told.made;
    socket.on('connect', () => {
      ++told.opened;
      ++told.open;
      socket.on('close', () => --told.open);
      begin(socket);
    });
    socket.on('close', () => --there);
    socket.resume();
  };
  let due = 0;
  setInterval(() => {
    due = Math.min(due + (perSecond * kTickMs) / 1000, perSecond / 10);
    for (; due >= 1 && there < count; --due) add();
  }, kTickMs);
  return () => told;
}
