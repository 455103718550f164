// A gateway, loaded by gateway-bench, and beside it coturn, which does for TURN clients over TCP what
// a gateway does for WebSockets.
import { freePort, load, measureServers, startCoturn, startGateway } from './servers.mjs';

const kIdleClients = 1000;
/// As many under way as one client of the gateway has.
const kEightClients = { clients: 8, window: 64 };
const kOneUnderWay = { clients: 1, window: 1 };

const startFloe = async (directory) => startGateway(directory, { port: await freePort() });

async function loadGateway(server, datagrams) {
  const relay = (options) => load('gateway-bench', server, 'relay', { datagrams, ...options });
  const figures = {};
  for (const size of [100, 1200]) {
    const one = await relay({ size, window: 512 });
    figures[`us_${size}`] = one.cpu_us;
    figures[`lost_percent_${size}`] = one.lost_percent;
    figures[`us_${size}_of_8`] = (await relay({ size, ...kEightClients })).cpu_us;
  }
  const mixed = await relay({ size: 100, size_max: 1200, peers: 64, window: 512 });
  figures.us_mixed = mixed.cpu_us;
  figures.us_single = (await relay({ ...kOneUnderWay, datagrams: datagrams / 4 })).cpu_us;
  const idle = await load('gateway-bench', server, 'idle', { count: kIdleClients });
  figures.client_bytes = idle.resident_bytes;
  return figures;
}

/// With the peer in a thread of its own, as gateway-bench has it.
async function loadCoturn(server, datagrams) {
  const relay = (options) =>
    load('turn-bench', server, 'relay', { thread: 1, datagrams, ...options });
  const figures = {};
  for (const size of [100, 1200]) {
    figures[`tcp_us_${size}`] = (await relay({ tcp: 1, size, ...kEightClients })).cpu_us;
    figures[`udp_us_${size}`] = (await relay({ size, ...kEightClients })).cpu_us;
  }
  const one = await relay({ tcp: 1, ...kOneUnderWay, datagrams: datagrams / 4 });
  figures.tcp_us_single = one.cpu_us;
  return figures;
}

/// A run for `sections.mjs`.
export const measureGateway = (datagrams) => () =>
  measureServers({
    floe: { start: startFloe, measure: (server) => loadGateway(server, datagrams) },
    coturn: { start: startCoturn, measure: (server) => loadCoturn(server, datagrams) },
  });
