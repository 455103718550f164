// What data costs through a connected pair: back and forth, in bursts, and in a flood.
import { leastTimes, most, mostTimes } from './targets.mjs';

export const traffic = (quick) => {
  const trips = `rounds=${quick ? 20_000 : 100_000}`;
  const datagrams = `datagrams=${quick ? 50_000 : 300_000}`;
  const send = (program, ...more) => [program, 'datagrams', datagrams, ...more];
  return {
    id: 'traffic',
    title: 'Data through a connected pair, in one thread',
    note:
      'ours: sendto() and recvmmsg() one a pass; one sendmmsg() and one recvmmsg() a burst, two epoll_wait()\n' +
      '  batched: the same with one epoll_wait(): the least; with UDP_SEGMENT sendmsg() for sendmmsg()\n' +
      '  plain and one call each: sendto() and recvfrom() for each (in a round trip recvmmsg()), one epoll_wait()\n' +
      '  libnice: sendmsg() and recvmsg() for each, one poll(). A burst is sent before anything is read',
    rounds: quick ? 3 : 7,
    runs: {
      trip: ['floe-bench', 'trip', trips],
      plainTrip: ['plain-bench', 'trip', trips],
      libniceTrip: ['libnice-bench', 'trip', trips],
      single: send('floe-bench', 'burst=1'),
      plainSingle: send('plain-bench', 'burst=1'),
      libniceSingle: send('libnice-bench', 'burst=1'),
      burst: send('floe-bench'),
      plainBurst: send('plain-bench'),
      batchedBurst: send('plain-bench', 'batched=1'),
      libniceBurst: send('libnice-bench'),
      segmented: send('floe-bench', 'segmentation=1'),
      plainSegmented: send('plain-bench', 'segmentation=1'),
    },
    rows: [
      {
        name: 'round trip of 100 bytes, p50',
        unit: 'µs',
        ours: 'trip.p50_us',
        beside: { plain: 'plainTrip.p50_us', libnice: 'libniceTrip.p50_us' },
        target: mostTimes(1.5, 'plain'),
      },
      {
        name: 'CPU per 1,200 bytes, one a pass',
        unit: 'µs',
        ours: 'single.cpu_us',
        beside: { plain: 'plainSingle.cpu_us', libnice: 'libniceSingle.cpu_us' },
      },
      {
        name: 'CPU per 1,200 bytes, bursts of 32',
        unit: 'µs',
        ours: 'burst.cpu_us',
        beside: {
          batched: 'batchedBurst.cpu_us',
          'one call each': 'plainBurst.cpu_us',
          libnice: 'libniceBurst.cpu_us',
        },
        target: mostTimes(1.1, 'batched'),
      },
      {
        name: 'the same with UDP_SEGMENT',
        unit: 'µs',
        ours: 'segmented.cpu_us',
        beside: { plain: 'plainSegmented.cpu_us' },
        target: most(2),
      },
    ],
  };
};

export const flood = (quick) => {
  const run = (program, ...more) => [program, 'flood', `ms=${quick ? 500 : 2_000}`, ...more];
  const figure = (name, unit, key, target) => ({
    name,
    unit,
    ours: `floe.${key}`,
    beside: { plain: `plain.${key}`, libnice: `libnice.${key}` },
    target,
  });
  return {
    id: 'flood',
    title: 'A flood of 1,200 bytes in one direction, a thread and a loop each side',
    note:
      'the sender makes a pass of its loop after 32 datagrams; plain: sendto() and recvmmsg().\n' +
      '  On a machine that has no two free CPUs the loss says how long the receiver had to wait for one:\n' +
      '  the faster the sender, the more is lost in a moment',
    rounds: quick ? 3 : 7,
    runs: {
      floe: run('floe-bench'),
      plain: run('plain-bench'),
      libnice: run('libnice-bench'),
      paced: run('floe-bench', 'per_s=60000'),
      plainPaced: run('plain-bench', 'per_s=60000'),
      libnicePaced: run('libnice-bench', 'per_s=60000'),
      // What libjuice receives of such a flood: the most of all peers.
      peerRate: run('floe-bench', 'per_s=231000'),
      plainPeerRate: run('plain-bench', 'per_s=231000'),
      libnicePeerRate: run('libnice-bench', 'per_s=231000'),
    },
    rows: [
      figure('received a second', '', 'received_per_s', leastTimes(1.1, 'libnice')),
      figure('lost', '%', 'lost_percent', mostTimes(1, 'libnice')),
      figure('CPU per datagram received', 'µs', 'cpu_us'),
      {
        name: 'lost, 231,000 a second are sent',
        unit: '%',
        ours: 'peerRate.lost_percent',
        beside: { plain: 'plainPeerRate.lost_percent', libnice: 'libnicePeerRate.lost_percent' },
        target: most(1),
      },
      {
        name: 'the same, 60,000 a second are sent',
        unit: 'µs',
        ours: 'paced.cpu_us',
        beside: { plain: 'plainPaced.cpu_us', libnice: 'libnicePaced.cpu_us' },
        target: mostTimes(1, 'libnice'),
      },
      { name: 'lost of these', unit: '%', ours: 'paced.lost_percent' },
    ],
  };
};
