// Runs libFuzzer for some seconds on each parser of input from the network.
// needs: test js clang
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from '../runner/build.mjs';
import { must, run as runCommand } from '../runner/shell.mjs';
import { sideBySide } from '../runner/side_by_side.mjs';
import { artefacts, inTree } from '../runner/tree.mjs';

// A little more than the longest message that a parser may get: one of a WebSocket.
const kInputSizeMax = 70_000;
const kMadeCorpus = path.join(artefacts, 'seeds');

export async function run({ long }) {
  await build('asan', 'floe_fuzzers');
  const folder = inTree('build/asan/bin');
  // Seeds that are made, not kept: messages that an agent would take.
  await must([path.join(folder, 'floe_fuzz_corpus'), kMadeCorpus]);
  const targets = readdirSync(folder)
    .filter((name) => name.endsWith('_fuzz'))
    .sort();
  return sideBySide(targets, (target) => fuzz(path.join(folder, target), target, long ? 600 : 4));
}

async function fuzz(program, name, seconds) {
  const corpus = path.join(artefacts, 'corpus', name);
  mkdirSync(corpus, { recursive: true });
  const [module, ...rest] = name.replace(/_fuzz$/, '').split('_');
  const seeds = [inTree('tests/fuzz/corpus'), kMadeCorpus].map((folder) =>
    path.join(folder, module, rest.join('_')),
  );
  const { code, output } = await runCommand(
    [
      program,
      ...[
        `-max_total_time=${seconds}`,
        `-max_len=${kInputSizeMax}`,
        '-print_final_stats=1',
        '-rss_limit_mb=1024',
      ],
      `-artifact_prefix=${artefacts}/${name}-`,
      corpus,
      ...seeds.filter((folder) => existsSync(folder)),
    ],
    { seconds: seconds + 60 },
  );
  const runs = /number_of_executed_units: (\d+)/.exec(output)?.[1] ?? '0';
  const [edges] = [...output.matchAll(/ cov: (\d+) /g)].map((match) => match[1]).slice(-1);
  console.log(`${name}: ${runs} inputs in ${seconds} s, ${edges} edges covered`);
  const entrances = /^entrances:(.*)$/m.exec(output)?.[1] ?? '';
  if (entrances) console.log(`${name} came through${entrances}`);
  const closed = [...entrances.matchAll(/ (\S+)=0(?= |$)/g)].map(([, entrance]) => entrance);
  if (code === 0 && closed.length > 0) {
    return { name, failed: 1, why: `nobody came through ${closed.join(', ')}` };
  }
  if (code === 0 && Number(runs) > 100) return { name, passed: 1 };
  console.log(output.split('\n').slice(-40).join('\n'));
  return { name, failed: 1, why: `ended with ${code} after ${runs} inputs` };
}
