// What agents hold: connected, with signalling and DTLS, and with pairs in vain.
import { most, mostTimes } from './targets.mjs';

export const memory = (quick) => ({
  id: 'memory',
  title: 'Memory per connected agent with one pair: 1,000 agents',
  note: 'resident: pages in memory; heap: what malloc handed out, touched or not',
  rounds: quick ? 2 : 5,
  runs: {
    floe: ['floe-bench', 'memory'],
    libnice: ['libnice-bench', 'memory'],
    signalled: ['floe-bench', 'memory', 'layers=1'],
    encrypted: ['floe-bench', 'memory', 'layers=2'],
  },
  rows: [
    {
      name: 'resident',
      unit: 'bytes',
      ours: 'floe.resident_bytes',
      beside: { libnice: 'libnice.resident_bytes' },
      target: most(6_000),
    },
    {
      name: 'heap',
      unit: 'bytes',
      ours: 'floe.heap_bytes',
      beside: { libnice: 'libnice.heap_bytes' },
      target: most(6_000),
    },
    { name: 'heap before connecting', unit: 'bytes', ours: 'floe.gathered_heap_bytes' },
    {
      name: 'resident, with signalling and DTLS',
      unit: 'bytes',
      ours: 'encrypted.resident_bytes',
      beside: { 'with signalling': 'signalled.resident_bytes' },
    },
    {
      name: 'heap of the same',
      unit: 'bytes',
      ours: 'encrypted.heap_bytes',
      beside: { 'with signalling': 'signalled.heap_bytes' },
    },
    { name: 'the same before connecting', unit: 'bytes', ours: 'encrypted.gathered_heap_bytes' },
  ],
});

export const pairsMemory = (quick) => {
  const agents = `agents=${quick ? 20 : 100}`;
  return {
    id: 'pairs-memory',
    title: 'Heap of an agent with many pairs whose checks get no answer',
    note: 'its signalling included; failing: the most within 60 s; failed: 10 minutes later',
    rounds: quick ? 1 : 3,
    runs: {
      one: ['floe-bench', 'pairs_memory', 'candidates=1', agents],
      few: ['floe-bench', 'pairs_memory', 'candidates=4', agents],
      many: ['floe-bench', 'pairs_memory', 'candidates=10', agents],
    },
    rows: [
      { name: '1 pair, described', unit: 'bytes', ours: 'one.described_heap_bytes' },
      { name: '16 pairs, described', unit: 'bytes', ours: 'few.described_heap_bytes' },
      { name: '16 pairs, failing', unit: 'bytes', ours: 'few.failing_heap_bytes' },
      { name: '100 pairs, described', unit: 'bytes', ours: 'many.described_heap_bytes' },
      {
        name: '100 pairs, failing',
        unit: 'bytes',
        ours: 'many.failing_heap_bytes',
        beside: { described: 'many.described_heap_bytes' },
        target: mostTimes(2, 'described'),
      },
      { name: '100 pairs, failed', unit: 'bytes', ours: 'many.failed_heap_bytes' },
    ],
  };
};
