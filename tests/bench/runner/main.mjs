// Builds the programs, runs the sections one after another and prints what they found.
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { build } from '../../runner/build.mjs';
import { measure } from './measure.mjs';
import { sectionsOf } from './sections.mjs';
import { print } from './table.mjs';

function options() {
  try {
    return parseArgs({
      options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
      allowPositionals: true,
    });
  } catch (error) {
    console.error(`tests/bench/run: ${error.message}`);
    process.exit(2);
  }
}

const { values, positionals } = options();
const all = sectionsOf(values.quick);
const unknown = positionals.filter((id) => !all.some((section) => section.id === id));
if (unknown.length > 0) {
  console.error(`tests/bench/run: no section is called ${unknown.join(', ')}`);
  process.exit(2);
}
const wanted = all.filter(({ id }) => positionals.length === 0 || positionals.includes(id));

async function main() {
  await build(
    'release',
    'dtls-bench',
    'floe-bench',
    'gateway-bench',
    'libnice-bench',
    'loss-bench',
    'openssl-bench',
    'plain-bench',
    'plain-gateway',
    'turn-bench',
    'floe-gateway',
  );
  const machine = {
    cpu: os.cpus()[0]?.model,
    cpus: os.cpus().length,
    kernel: os.release(),
    load: os.loadavg()[0],
  };
  const { cpus, cpu, kernel, load } = machine;
  console.log(`\n${cpus} x ${cpu}, Linux ${kernel}, load ${load.toFixed(2)}`);
  const results = [];
  for (const section of wanted) {
    if (section.needsRoot && process.getuid() !== 0) {
      console.log(`\n${section.title}\n  not measured: network namespaces need root`);
      continue;
    }
    const taken = await section.prepare?.();
    if (taken) console.log(`\ntook ${taken}`);
    const rows = await measure(section);
    print(section, rows);
    const { id, title, note, rounds } = section;
    results.push({ section: id, title, note, rounds, rows });
  }
  if (values.json) {
    const report = { quick: values.quick, machine, sections: results };
    writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  }
}

try {
  await main();
} catch (error) {
  console.error(`tests/bench/run: ${error.message}`);
  process.exitCode = 1;
}
