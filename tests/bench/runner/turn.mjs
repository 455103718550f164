// A TURN server of ours and one of coturn, each loaded by turn-bench in turn.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, load, measureServers, startCoturn, startGateway } from './servers.mjs';

/// Each has descriptors, of which a system may give 20,000.
const kAllocations = 2_000;

async function startFloe(directory) {
  const port = await freePort();
  const users = path.join(directory, 'users');
  writeFileSync(users, 'bench:bench\n');
  const { child } = await startGateway(directory, {
    port: 0,
    options: [
      ...['--turn', `127.0.0.1:${port}`, '--turn-realm', 'bench', '--turn-users', users],
      ...['--turn-allocations-max', `${3 * kAllocations}`],
      ...['--turn-allocations-per-user-max', `${3 * kAllocations}`],
      ...['--turn-ports', '40000-65535', '--port-range', '32768-39999'],
    ],
  });
  return { child, port };
}

async function loadAll(server, datagrams) {
  const figures = {};
  for (const size of [100, 1200]) {
    const busy = await load('turn-bench', server, 'relay', { size, datagrams });
    figures[`us_${size}`] = busy.cpu_us;
    figures[`lost_${size}`] = busy.lost;
  }
  const one = { clients: 1, window: 1, datagrams: datagrams / 4 };
  figures.us_single = (await load('turn-bench', server, 'relay', one)).cpu_us;
  const kept = await load('turn-bench', server, 'allocations', { count: kAllocations });
  figures.allocation_bytes = kept.resident_bytes;
  return figures;
}

/// A run for `sections.mjs`.
export const measureTurn = (datagrams) => () => {
  const measure = (server) => loadAll(server, datagrams);
  return measureServers({
    floe: { start: startFloe, measure },
    coturn: { start: startCoturn, measure },
  });
};
