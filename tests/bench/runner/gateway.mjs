// A gateway, loaded by gateway-bench, and beside it what does the same for its clients: coturn, gateways
// of Node, and the system calls alone.
import * as relays from './relays.mjs';
import { load, measureServers, withServers } from './servers.mjs';
import { least, leastTimes, most, mostTimes } from './targets.mjs';

/// As many under way as one client with 512.
const kEightClients = { clients: 8, window: 64 };
const kMixed = { size: 100, size_max: 1200, peers: 64 };
/// Limits that nobody reaches, so that each datagram is counted.
const kQuotas = ['--client-bytes-max', '4000000000', '--client-datagrams-max', '4000000000'];

const loadsOf = (server, work) => ({
  relay: async (options) =>
    load('gateway-bench', server, 'relay', {
      ...server.speaks,
      datagrams: work.datagrams,
      ...options,
    }),
  row: async (name, options) =>
    load('gateway-bench', server, name, { ...server.speaks, ...options }),
});

/// What one relay costs. One client with 512 under way is only for those that do not lose half of it.
async function loadRelay(server, work) {
  const { relay, row } = loadsOf(server, work);
  const figures = {};
  figures.client_bytes = (await row('idle', { count: work.idle })).resident_bytes;
  for (const size of [100, 1200]) {
    const eight = await relay({ size, ...kEightClients });
    figures[`us_${size}_of_8`] = eight.cpu_us;
    figures[`trips_${size}_of_8`] = eight.round_trips_per_s;
    // Right behind the same without them.
    if (size === 100) {
      const crowd = await relay({ size, idle: work.idle, ...kEightClients });
      figures.us_in_crowd = crowd.cpu_us;
    }
    if (!work.one) continue;
    const one = await relay({ size });
    figures[`us_${size}`] = one.cpu_us;
    figures[`trips_${size}`] = one.round_trips_per_s;
    figures[`lost_percent_${size}`] = one.lost_percent;
  }
  const mixed = await relay(kMixed);
  figures.us_mixed = mixed.cpu_us;
  figures.lost_percent_mixed = mixed.lost_percent;
  const single = { clients: 1, window: 1, datagrams: work.datagrams / 4 };
  figures.us_single = (await relay(single)).cpu_us;
  const trip = await row('trip', { trips: work.trips });
  figures.straight_us = trip.straight_us;
  figures.added_us = trip.added_us;
  const flood = await row('flood', { ms: work.floodMs });
  figures.flood_back_percent = flood.came_back_percent;
  figures.flood_per_s = flood.sent_per_s;
  const stalled = await row('stalled', { ms: work.stalledMs });
  figures.stalled_bytes = stalled.grown_bytes;
  figures.stale_bytes = stalled.stale_bytes;
  figures.in_client_bytes = stalled.in_client_bytes;
  return figures;
}

async function loadSizes(server, work) {
  const { relay } = loadsOf(server, work);
  return {
    us_100_of_8: (await relay({ size: 100, ...kEightClients })).cpu_us,
    us_1200_of_8: (await relay({ size: 1200, ...kEightClients })).cpu_us,
    us_mixed: (await relay(kMixed)).cpu_us,
  };
}

const kGateLoads = { 100: { size: 100 }, 1200: { size: 1200 }, mixed: kMixed };

/// Two gateways at the same time, loaded in turn, so that both see the same machine: one with all that
/// stands between a client and its peers, and one without what can be turned off.
async function loadGate(work) {
  const figures = {};
  await withServers(
    {
      on: (directory) => relays.floe(directory, kQuotas),
      off: (directory) => relays.floe(directory, ['--consent', 'any']),
    },
    async (gateways) => {
      for (let turn = 0; turn < work.turns; ++turn) {
        for (const [load, options] of Object.entries(kGateLoads)) {
          for (const [name, server] of Object.entries(gateways)) {
            const { cpu_us } = await loadsOf(server, work).relay(options);
            const figure = `${name}_us_${load}`;
            figures[figure] = (figures[figure] ?? 0) + cpu_us / work.turns;
          }
        }
      }
    },
  );
  return figures;
}

function measureRelays(work) {
  const few = { ...work, datagrams: work.datagrams / 4 };
  const server = (start, options) => ({
    start,
    measure: (started) => loadRelay(started, options),
  });
  return () =>
    measureServers({
      floe: server(relays.floe, { ...work, one: true }),
      floor: server(relays.floor, { ...work, one: true }),
      segments: server(relays.floorInSegments, { ...work, one: true }),
      coturn_tcp: server(relays.coturnTcp, work),
      coturn_udp: server(relays.coturnUdp, work),
      hand: server(relays.byHand, few),
      wisp: server(relays.wisp, few),
      tls: { start: relays.floeOverTls, measure: (started) => loadSizes(started, work) },
      hand_tls: { start: relays.byHandOverTls, measure: (started) => loadSizes(started, few) },
    });
}

const kFloors = { floor: 'floor', 'floor with UDP_SEGMENT': 'segments' };
const kTurn = { 'coturn TCP': 'coturn_tcp', 'coturn UDP': 'coturn_udp' };
const kNode = { 'Node by hand': 'hand', 'wisp-js': 'wisp' };
/// Those that keep 512 of one client, and those that are loaded by eight clients instead.
const kOfOne = kFloors;
const kOfEight = { ...kTurn, ...kNode };
const kAll = { ...kOfOne, ...kOfEight };

const kByTcp = { ...kFloors, 'coturn TCP': 'coturn_tcp', ...kNode };

const places = (relayNames, figure) =>
  Object.fromEntries(
    Object.entries(relayNames).map(([who, name]) => [who, `relays.${name}_${figure}`]),
  );
const row = (name, unit, figure, target, beside = places(kAll, figure)) => ({
  ...{ name, unit, target, beside },
  ours: `relays.floe_${figure}`,
});
const oneClient = (name, unit, figure, target) =>
  row(name, unit, figure, target, {
    ...places(kOfOne, figure),
    ...places(kOfEight, `${figure}_of_8`),
  });
const overTls = (name, figure) => ({
  ...{ name, unit: 'µs', ours: `relays.tls_${figure}` },
  beside: {
    'without TLS': `relays.floe_${figure}`,
    'Node by hand over TLS': `relays.hand_tls_${figure}`,
  },
});
const gate = (name, load) => ({
  ...{ name, unit: 'µs', ours: `gate.on_us_${load}` },
  beside: { 'consent any': `gate.off_us_${load}` },
  target: mostTimes(1.15, 'consent any'),
});

const kRows = [
  oneClient('100 bytes, one client with 512 under way', 'µs', 'us_100', [
    mostTimes(0.6, 'coturn TCP'),
    most(1, ' µs'),
  ]),
  oneClient('1,200 bytes, the same', 'µs', 'us_1200', [
    mostTimes(0.6, 'coturn TCP'),
    most(1.2, ' µs'),
  ]),
  row('lost of these: its receive buffer is full', '%', 'lost_percent_1200', undefined, {}),
  row('100 bytes, 8 clients with 64 under way', 'µs', 'us_100_of_8'),
  row('1,200 bytes, the same 8', 'µs', 'us_1200_of_8'),
  row('100 to 1,200 bytes, 64 peers in turn', 'µs', 'us_mixed', most(2.5, ' µs')),
  row('lost of these', '%', 'lost_percent_mixed', undefined, {}),
  row('100 bytes, one under way', 'µs', 'us_single'),
  oneClient('round trips a second, 100 bytes', '', 'trips_100', [
    leastTimes(2, 'coturn TCP'),
    least(430_000),
  ]),
  row('a round trip more than straight, p50', 'µs', 'added_us', mostTimes(1, 'coturn TCP')),
  row('resident memory of an idle client', 'bytes', 'client_bytes', most(8_000)),
  row(
    'the 8 clients of 100 bytes beside idle ones',
    'µs',
    'us_in_crowd',
    mostTimes(1.15, 'alone'),
    {
      alone: 'relays.floe_us_100_of_8',
      ...places(kAll, 'us_in_crowd'),
    },
  ),
  row('a flood: of what peers send back, comes', '%', 'flood_back_percent', least(95, ' %')),
  row('a flood: the client gets rid of, a second', '', 'flood_per_s'),
  row('a client does not read: memory grows by', 'bytes', 'stalled_bytes', most(1_000_000)),
  row('of what it missed it gets, later', 'bytes', 'stale_bytes', most(131_072)),
  row(
    'of this was in its own receive buffer',
    'bytes',
    'in_client_bytes',
    undefined,
    places(kByTcp, 'in_client_bytes'),
  ),
  overTls('over TLS: 100 bytes, 8 clients', 'us_100_of_8'),
  overTls('over TLS: 1,200 bytes, the same', 'us_1200_of_8'),
  overTls('over TLS: 100 to 1,200 bytes, 64 peers', 'us_mixed'),
  gate('consent and quotas: 100 bytes', '100'),
  gate('consent and quotas: 1,200 bytes', '1200'),
  gate('consent and quotas: 64 peers in turn', 'mixed'),
];

const kFull = {
  ...{ datagrams: 120_000, trips: 5_000, turns: 3 },
  ...{ idle: 1_000, floodMs: 1_500, stalledMs: 2_500 },
};
const kQuick = {
  ...{ datagrams: 40_000, trips: 500, turns: 1 },
  ...{ idle: 200, floodMs: 300, stalledMs: 600 },
};

export function gateway(quick) {
  const work = quick ? kQuick : kFull;
  return {
    id: 'gateway',
    title: 'Gateway: CPU for a datagram relayed between a WebSocket and UDP on 127.0.0.1',
    note:
      'peers send all back, each way counts; CPU of the server with its kernel calls, on a core of its ' +
      `own;\n  ${work.idle} idle clients. ours: consent ice and the policy on. floor: recvmmsg and ` +
      'sendmmsg in batches of 64, no\n  policy. coturn (ChannelData) and the gateways of Node: always ' +
      '8 clients with 64 each, since of one with\n  512 they lose half',
    prepare: relays.installRelays,
    rounds: quick ? 1 : 3,
    runs: { relays: measureRelays(work), gate: () => loadGate(work) },
    rows: kRows,
  };
}
