// What encryption costs: through a connected pair, for a record alone, and for its cipher alone.

export const encrypted = (quick) => {
  const datagrams = `datagrams=${quick ? 50_000 : 200_000}`;
  const send = (program, ...more) => [program, 'datagrams', datagrams, ...more];
  const both = (row, program, count) => [program, row, `${count}=${quick ? 20_000 : 200_000}`];
  const flood = (...more) => ['floe-bench', 'flood', `ms=${quick ? 500 : 2_000}`, ...more];
  const through = (name, unit, figure) => ({
    name,
    unit,
    ours: `encrypted.${figure}`,
    beside: { plaintext: `plaintext.${figure}`, OpenSSL: `openssl.${figure}` },
  });
  const alone = (name, run, figure) => ({
    name,
    unit: 'ns',
    ours: `${run}.${figure}`,
    beside: { OpenSSL: `${run}OfOpenssl.${figure}` },
  });
  return {
    id: 'encrypted',
    title: 'Encrypted data through a connected pair: 1,200 bytes, bursts of 32, in one thread',
    note:
      'DTLS 1.2 with AES-128-GCM at both ends; CPU of both with the kernel calls.\n' +
      '  plaintext: the same pair without DTLS. OpenSSL: plain sockets, send() and recv() for each',
    rounds: quick ? 3 : 7,
    runs: {
      encrypted: send('floe-bench', 'layers=2'),
      plaintext: send('floe-bench', 'layers=1'),
      openssl: send('openssl-bench'),
      segmented: send('floe-bench', 'layers=2', 'segmentation=1'),
      plaintextSegmented: send('floe-bench', 'layers=1', 'segmentation=1'),
      record: both('records', 'floe-bench', 'records'),
      recordOfOpenssl: both('records', 'openssl-bench', 'records'),
      cipher: both('aes_gcm', 'floe-bench', 'calls'),
      cipherOfOpenssl: both('aes_gcm', 'openssl-bench', 'calls'),
      flood: flood('layers=2'),
      plaintextFlood: flood('layers=1'),
    },
    rows: [
      through('CPU per datagram', 'µs', 'cpu_us'),
      through('CPU per byte', 'ns', 'cpu_ns_per_byte'),
      through('datagrams', '/s', 'datagrams_per_s'),
      {
        name: 'CPU per datagram with UDP_SEGMENT',
        unit: 'µs',
        ours: 'segmented.cpu_us',
        beside: { plaintext: 'plaintextSegmented.cpu_us' },
      },
      {
        name: 'received of a flood, two threads',
        unit: '/s',
        ours: 'flood.received_per_s',
        beside: { plaintext: 'plaintextFlood.received_per_s' },
      },
      alone('a record is made', 'record', 'seal_ns'),
      alone('a record is opened', 'record', 'open_ns'),
      alone('AES-GCM alone, sealing', 'cipher', 'seal_ns'),
      alone('AES-GCM alone, opening', 'cipher', 'open_ns'),
      { name: 'with AES instructions (1: yes)', unit: '', ours: 'cipher.accelerated' },
    ],
  };
};
