// What is measured: for each section its programs, how often, and the rows made of their figures.
//
// A row's `ours` and `beside` are "RUN.FIGURE": a name in `runs`, and what that program printed.
import { dtls } from './dtls.mjs';
import { encrypted } from './encrypted.mjs';
import { features } from './features.mjs';
import { gateway } from './gateway.mjs';
import { memory, pairsMemory } from './memory.mjs';
import { measureSize } from './size.mjs';
import { least, most, mostTimes } from './targets.mjs';
import { flood, traffic } from './traffic.mjs';
import { measureTurn } from './turn.mjs';
import { webrtc } from './webrtc.mjs';

const kIdleSizes = [100, 1_000, 10_000];

function connect(quick) {
  const ours = `rounds=${quick ? 100 : 500}`;
  const few = `rounds=${quick ? 10 : 40}`;
  return {
    id: 'connect',
    title: 'Connect: two agents in one process, host candidates on 127.0.0.1, one component',
    note: 'from the exchange of descriptions, or from the late answer, until both have a nominated pair',
    rounds: quick ? 2 : 5,
    runs: {
      floe: ['floe-bench', 'connect', ours],
      strict: ['floe-bench', 'connect', 'strict=1', few],
      libnice: ['libnice-bench', 'connect', few],
      floeLate: ['floe-bench', 'connect', 'late_ms=20', few],
      strictLate: ['floe-bench', 'connect', 'strict=1', 'late_ms=20', few],
      libniceLate: ['libnice-bench', 'connect', 'late_ms=20', few],
    },
    rows: [
      {
        name: 'p50',
        unit: 'ms',
        ours: 'floe.p50_ms',
        beside: { libnice: 'libnice.p50_ms' },
        target: most(0.5),
      },
      { name: 'p95', unit: 'ms', ours: 'floe.p95_ms', beside: { libnice: 'libnice.p95_ms' } },
      { name: 'p50, pacing=strict', unit: 'ms', ours: 'strict.p50_ms' },
      { name: 'p95, pacing=strict', unit: 'ms', ours: 'strict.p95_ms' },
      {
        name: 'p50, answer 20 ms late',
        unit: 'ms',
        ours: 'floeLate.p50_ms',
        beside: { libnice: 'libniceLate.p50_ms' },
        target: most(1),
      },
      {
        name: 'p95, answer 20 ms late',
        unit: 'ms',
        ours: 'floeLate.p95_ms',
        beside: { libnice: 'libniceLate.p95_ms' },
      },
      { name: 'p50, answer 20 ms late, pacing=strict', unit: 'ms', ours: 'strictLate.p50_ms' },
      { name: 'requests sent by both', unit: '', ours: 'floe.checks' },
    ],
  };
}

function loss(quick) {
  const seeds = quick ? 2_000 : 10_000;
  const rows = (run, percent, [share, p50, p95]) => [
    {
      name: `${percent} %: share without a repeat`,
      unit: '',
      ours: `${run}.without_repeat`,
      target: share && least(share),
    },
    { name: `${percent} %: p50`, unit: 'ms', ours: `${run}.p50_ms`, target: p50 && most(p50) },
    { name: `${percent} %: p95`, unit: 'ms', ours: `${run}.p95_ms`, target: most(p95) },
    { name: `${percent} %: p99`, unit: 'ms', ours: `${run}.p99_ms` },
    { name: `${percent} %: slowest`, unit: 'ms', ours: `${run}.max_ms` },
    { name: `${percent} %: not within 10 s`, unit: '', ours: `${run}.over_10_s` },
    {
      name: `${percent} %: not within 60 s`,
      unit: '',
      ours: `${run}.failed`,
      target: percent === 30 ? most(seeds / 10_000, ` of ${seeds}`) : undefined,
    },
  ];
  return {
    id: 'loss',
    title: `Connect with loss: virtual time, ${seeds} seeds, round trip 20 ms`,
    note: 'without loss it takes 40 ms: two round trips',
    rounds: 1,
    runs: {
      ten: ['loss-bench', 'loss', 'loss_ppm=100000', `seeds=${seeds}`],
      thirty: ['loss-bench', 'loss', 'loss_ppm=300000', `seeds=${seeds}`],
    },
    rows: [...rows('ten', 10, [0.5, undefined, 150]), ...rows('thirty', 30, [undefined, 150, 450])],
  };
}

const pairs = (quick) => ({
  id: 'pairs',
  title: 'CPU per connected pair: 200 pairs at once',
  rounds: quick ? 5 : 15,
  runs: { floe: ['floe-bench', 'pairs'], libnice: ['libnice-bench', 'pairs'] },
  rows: [
    {
      name: 'all of it',
      unit: 'µs',
      ours: 'floe.pair_us',
      beside: { libnice: 'libnice.pair_us' },
      target: most(120),
    },
    {
      name: 'agents and sockets',
      unit: 'µs',
      ours: 'floe.gather_us',
      beside: { libnice: 'libnice.gather_us' },
    },
    {
      name: 'connecting',
      unit: 'µs',
      ours: 'floe.connect_us',
      beside: { libnice: 'libnice.connect_us' },
    },
    { name: 'datagrams', unit: '', ours: 'floe.datagrams' },
  ],
});

const kCandidates = [8, 16, 32, 64];

const candidates = (quick) => {
  const rounds = `rounds=${quick ? 50 : 300}`;
  const runs = {};
  for (const count of kCandidates) {
    runs[`floe${count}`] = ['floe-bench', 'describing', `candidates=${count}`, rounds];
  }
  return {
    id: 'candidates',
    title: 'CPU for a candidate: an agent takes a description with many, and answers with its own',
    note: 'to read it, to pair each with as many of our own (100 pairs are kept), and to write ours',
    rounds: quick ? 3 : 9,
    runs,
    rows: kCandidates.map((count) => ({
      name: `${count} on each side`,
      unit: 'µs',
      ours: `floe${count}.candidate_us`,
      ...(count > 8
        ? { beside: { 'one of 8': 'floe8.candidate_us' }, target: mostTimes(2, 'one of 8') }
        : {}),
    })),
  };
};

function idle(quick) {
  const seconds = `seconds=${quick ? 3 : 10}`;
  const runs = {};
  for (const agents of kIdleSizes) {
    runs[`floe${agents}`] = ['floe-bench', 'idle', `agents=${agents}`, seconds];
    runs[`plain${agents}`] = ['plain-bench', 'idle', `agents=${agents}`, seconds];
  }
  runs.libnice1000 = ['libnice-bench', 'idle', 'agents=1000', seconds];
  const size = (agents) => ({
    name: `${agents} agents`,
    unit: 'ms/s',
    ours: `floe${agents}.cpu_ms_per_s`,
    beside: {
      plain: `plain${agents}.cpu_ms_per_s`,
      ...(agents === 1_000 ? { libnice: 'libnice1000.cpu_ms_per_s' } : {}),
    },
    target: mostTimes(2, 'plain'),
  });
  const flat = {
    name: 'an agent of 10000',
    unit: 'µs/s',
    ours: 'floe10000.cpu_us_per_agent_s',
    beside: { 'one of 100': 'floe100.cpu_us_per_agent_s' },
    target: mostTimes(1.25, 'one of 100'),
  };
  const together = (agents) =>
    Object.keys(runs).filter((name) => /\d+$/.exec(name)[0] === `${agents}`);
  return {
    id: 'idle',
    title: 'Idle CPU: connected agents that only keep consent, a process each size',
    note: 'plain: as many sockets that send the same datagrams in the same rhythm, on plain epoll',
    rounds: quick ? 1 : 3,
    runs,
    // At the same time: between two datagrams a core of an idle machine sleeps, and waking it costs
    // more than the work, so what is compared must see the same sleep.
    groups: quick ? [Object.keys(runs)] : kIdleSizes.map(together),
    rows: [...kIdleSizes.map(size), flat],
  };
}

const stun = (quick) => ({
  id: 'stun',
  title: 'STUN Binding request of ICE, 100 bytes',
  note: "beside libnice's STUN library; both draw the transaction id",
  rounds: quick ? 3 : 9,
  runs: { floe: ['floe-bench', 'stun'], libnice: ['libnice-bench', 'stun'] },
  rows: [
    {
      name: 'build',
      unit: 'ns',
      ours: 'floe.build_ns',
      beside: { libnice: 'libnice.build_ns' },
      target: most(400),
    },
    { name: 'of this the random id (getrandom)', unit: 'ns', ours: 'floe.random_id_ns' },
    {
      name: 'parse and verify',
      unit: 'ns',
      ours: 'floe.read_ns',
      beside: { libnice: 'libnice.read_ns' },
      target: most(400),
    },
    { name: 'of each the HMAC-SHA1', unit: 'ns', ours: 'floe.hmac_ns' },
  ],
});

const size = () => ({
  id: 'size',
  title: 'Code: shared library of ICE, STUN and the TURN client, x86-64, -Os, stripped',
  note: 'MACs and the C++ library not counted; CRC-32 by half bytes',
  rounds: 1,
  runs: { size: measureSize },
  rows: [
    {
      name: 'file',
      unit: 'bytes',
      ours: 'size.file_bytes',
      beside: { libnice: 'size.libnice_file_bytes' },
      target: most(64_000),
    },
    {
      name: 'code and constants in it',
      unit: 'bytes',
      ours: 'size.code_bytes',
      beside: { libnice: 'size.libnice_code_bytes' },
    },
    {
      name: 'unwind tables in it',
      unit: 'bytes',
      ours: 'size.unwind_bytes',
      beside: { libnice: 'size.libnice_unwind_bytes' },
    },
    { name: 'objects of the TURN client', unit: 'bytes', ours: 'size.turn_bytes' },
    { name: 'objects of the native host for TCP', unit: 'bytes', ours: 'size.tcp_bytes' },
    {
      name: 'objects of the native host for TLS, without mbedTLS',
      unit: 'bytes',
      ours: 'size.tls_bytes',
    },
  ],
});

const turn = (quick) => {
  const row = (name, unit, figure, target) => ({
    name,
    unit,
    ours: `turn.floe_${figure}`,
    beside: { coturn: `turn.coturn_${figure}` },
    target,
  });
  return {
    id: 'turn',
    title: 'TURN server: CPU for a datagram relayed, ChannelData over UDP on 127.0.0.1',
    note: 'half of the datagrams go to the peer and half come back; CPU of the server with its kernel calls',
    rounds: quick ? 1 : 5,
    runs: { turn: measureTurn(quick ? 100_000 : 400_000) },
    rows: [
      row('100 bytes, 8 clients with 16 under way', 'µs', 'us_100', mostTimes(1, 'coturn')),
      row('1,200 bytes, the same', 'µs', 'us_1200', mostTimes(1, 'coturn')),
      row('100 bytes, one under way', 'µs', 'us_single', mostTimes(1, 'coturn')),
      row(
        'resident memory of an allocation, 2,000 there',
        'bytes',
        'allocation_bytes',
        most(4_000),
      ),
    ],
  };
};

const kSections = [
  connect,
  loss,
  pairs,
  candidates,
  memory,
  pairsMemory,
  idle,
  traffic,
  encrypted,
  flood,
  stun,
  turn,
  gateway,
  dtls,
  webrtc,
  size,
  features,
];

export const sectionsOf = (quick) => kSections.map((section) => section(quick));
