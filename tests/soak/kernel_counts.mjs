// What the kernels of two machines know of datagrams that nobody else counts.
import { readFileSync } from 'node:fs';

function udpOf(pid) {
  const lines = readFileSync(`/proc/${pid}/net/snmp`, 'utf8').split('\n');
  const [names, values] = lines
    .filter((line) => line.startsWith('Udp:'))
    .map((line) => line.split(' ').slice(1));
  return Object.fromEntries(names.map((name, index) => [name, Number(values[index])]));
}

/// Packets of any kind, those of TCP included.
function lostByCables(pid) {
  return readFileSync(`/proc/${pid}/net/dev`, 'utf8')
    .split('\n')
    .filter((line) => /^\s*(world|gateway):/.test(line))
    .map((line) => line.split(':')[1].trim().split(/\s+/).map(Number))
    .reduce((sum, columns) => sum + columns[3] + columns[11], 0);
}

/// `pids` are of processes on the machines. Datagrams that had no room in a socket's buffer, or no
/// socket any more; and packets that the cable lost.
export function kernelCounts(pids) {
  const all = pids.map(udpOf);
  const sum = (name) => all.reduce((total, one) => total + (one[name] ?? 0), 0);
  return {
    // InErrors has RcvbufErrors in it.
    noRoom: sum('InErrors') + sum('SndbufErrors'),
    noSocket: sum('NoPorts'),
    cable: pids.reduce((total, pid) => total + lostByCables(pid), 0),
  };
}
