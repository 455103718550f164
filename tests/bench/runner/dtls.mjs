// The section of DTLS: dtls-bench natively, and in WebAssembly by Node.
import { build } from '../../runner/build.mjs';
import { must } from '../../runner/shell.mjs';
import { inTree } from '../../runner/tree.mjs';
import { most } from './targets.mjs';

const inWasm =
  (...words) =>
  async () => {
    await build('wasm', 'dtls-bench');
    const program = inTree('build/wasm/bin/dtls-bench.cjs');
    const output = await must([process.execPath, program, ...words], { seconds: 300 });
    return JSON.parse(output);
  };

export const dtls = (quick) => {
  const places = { native: (row, ...words) => ['dtls-bench', row, ...words], wasm: inWasm };
  const runs = {};
  for (const [place, program] of Object.entries(places)) {
    runs[`${place}Memory`] = program('memory');
    runs[`${place}Data`] = program('datagrams', `count=${quick ? 500 : 2_000}`);
    runs[`${place}Handshakes`] = program('handshakes', `count=${quick ? 5 : 30}`);
  }
  const row = (name, unit, figure, target) => {
    return { name, unit, ours: `native${figure}`, beside: { wasm: `wasm${figure}` }, target };
  };
  return {
    id: 'dtls',
    title: 'DTLS: an association without a network, natively and in WebAssembly',
    note: 'memory of one end: what malloc handed out; handshake: the most at any moment; used: after data came',
    rounds: quick ? 1 : 3,
    runs,
    rows: [
      row('memory, handshake', 'bytes', 'Memory.handshake_bytes'),
      row('memory, secured', 'bytes', 'Memory.secured_bytes'),
      row('memory, used', 'bytes', 'Memory.used_bytes', most(40_000)),
      row('sealing 1,200 bytes', 'µs', 'Data.seal_us'),
      row('opening them', 'µs', 'Data.open_us'),
      row('a handshake, both ends', 'ms', 'Handshakes.both_ms'),
    ],
  };
};
