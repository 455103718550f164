// Runs floe_random_worlds, natively and in wasm.
//
// `node tests/runner/random_worlds.mjs --keep` writes the traces of the current native build to kKept.
// Use it only with a change that is meant to change the behaviour of agents.
import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { run } from './shell.mjs';
import { binary, inTree } from './tree.mjs';

const kNative = [binary('floe_random_worlds')];
const kWasm = [process.execPath, inTree('build/wasm/bin/floe_random_worlds.cjs')];

const lastLine = (output) => output.trimEnd().split('\n').at(-1);

/// The first seed of a series of worlds that were most likely never run.
export const freshSeed = () => randomInt(2 ** 47);

/// Runs `count` worlds; returns one result. The same worlds in each run check the latest change; fresh
/// worlds look for unknown faults.
export async function judgeWorlds(
  name,
  count,
  { first = 1, command = kNative, moving = false, encrypted = false } = {},
) {
  const kind = [...(moving ? ['--moving'] : []), ...(encrypted ? ['--encrypted'] : [])];
  const { code, output } = await run(
    [...command, ...kind, '--seeds', String(count), '--first', String(first)],
    { seconds: 3000 },
  );
  if (code !== 0) console.log(output.split('\n').slice(-120).join('\n'));
  console.log(`${name}: ${lastLine(output)}`);
  if (code === 0) return { name, passed: 1 };
  const seed =
    /^replay: floe_random_worlds ((--moving )?(--encrypted )?--seed \d+)/m.exec(output)?.[1] ??
    [...kind, `--first ${first}`].join(' ');
  return { name, failed: 1, why: `repeat with: ${command.join(' ')} ${seed} --trace` };
}

// Worlds that went wrong once, and what was wrong in them.
const kOnceWrong = {
  1000050: 'each end thawed the component that the other did not try',
  1005964: 'the same with streams and strict pacing',
  1010003: 'a lite agent took the description for a sign of life of its peer',
  1033702: 'a better pair was given up while its check was queued',
  1034352: 'a candidate got its name after its pair was selected',
  954264: 'a peer was answered where its data was not taken',
  1056117: 'a nomination came where there was no room for another candidate',
  25923: 'a NAT changed the address of the selected path, and the peer stayed on another',
  2081362: 'a path was selected whose last answer was old, and its consent ran out',
  1025893: 'the answer to a nomination was lost, then the path that it chose',
};

// The same of worlds whose ends move.
const kOnceWrongMoving = {
  21: 'a lite agent failed when one of its addresses went',
  129: 'an agent failed although it had nothing to try',
  141: 'a check of the peer found no room among a hundred pairs under way',
  424: 'an agent failed between the sockets of two components',
  1114: 'an agent that overslept its consent tried no other pair',
  1223: 'an agent that had failed went on checking',
  100227: 'a spare pair that nobody had asked counted as silent',
  5000917: 'a pair that was just left gave its place in the full list to a newcomer',
  28654020834: 'of two generations before a restart, that of more but dead paths was kept',
  7107320: 'data on the pairs of a third generation was dropped after two restarts',
  404040412209: 'the same of a generation that had no path any more',
  28654026554: 'a socket that came when the candidates were full was forgotten for good',
  55000009217: 'a pair that was just left went before those that were being checked',
  55000000227: 'a hundred pairs were checked in vain for six minutes, without a restart',
  123456794489: 'a check that was lost with its copies failed a selected pair that worked',
  28654022097: 'the pairs of a new network were worth less than those of bridges',
};

// The same of worlds that are encrypted.
const kOnceWrongEncrypted = {
  2492: 'a component that found its path in the generation of before was connected without keys',
};

/// One result for all of them.
export async function judgeOnceWrongWorlds() {
  const name = 'worlds that went wrong once';
  const worlds = [
    ...Object.entries(kOnceWrong).map(([seed, what]) => [['--seed', seed], what]),
    ...Object.entries(kOnceWrongMoving).map(([seed, what]) => [['--moving', '--seed', seed], what]),
    ...Object.entries(kOnceWrongEncrypted).map(([seed, what]) => [
      ['--encrypted', '--seed', seed],
      what,
    ]),
  ];
  for (const [options, what] of worlds) {
    const { code } = await run([...kNative, ...options]);
    if (code !== 0)
      return {
        name,
        failed: 1,
        why: `again: ${what}: ${[kNative[0], ...options].join(' ')} --trace`,
      };
  }
  return { name, passed: 1 };
}

// The goals for connecting with so much loss: milliseconds, and how many of 10,000 may fail.
const kLossTargets = [
  { percent: 10, p50: 40, p95: 150, never: 0 },
  { percent: 30, p50: 150, p95: 450, never: 1 },
];

/// Compares the virtual time that connecting takes with the goals of the project.
export async function studyLoss() {
  const results = [];
  for (const { percent, p50, p95, never } of kLossTargets) {
    const name = `connecting at ${percent} % loss`;
    const { output } = await run([...kNative, '--loss', String(percent), '--seeds', '10000']);
    const line = lastLine(output);
    console.log(`${name}: ${line}`);
    const found = /p50 ([\d.]+) ms, p95 ([\d.]+) ms.*; (\d+) of 10000 never/.exec(line);
    const isMet =
      found && Number(found[1]) <= p50 && Number(found[2]) <= p95 && Number(found[3]) <= never;
    results.push(isMet ? { name, passed: 1 } : { name, failed: 1, why: line });
  }
  return results;
}

/// Calls of so many virtual hours at much loss, with bursts of 5 s: none may say `failed`.
export async function studyLongLoss(hours) {
  const results = [];
  for (const percent of [10, 30]) {
    const name = `${hours} h at ${percent} % loss`;
    const options = ['--loss', String(percent), '--hours', String(hours), '--seed', '1'];
    const { code, output } = await run([...kNative, ...options], { seconds: 3000 });
    const line = lastLine(output);
    console.log(line);
    results.push(code === 0 ? { name, passed: 1 } : { name, failed: 1, why: line });
  }
  return results;
}

async function traces(command, ...options) {
  const { code, output } = await run([...command, '--print-traces', '--seeds', '1000', ...options]);
  if (code !== 0)
    throw new Error(`${command.at(-1)} --print-traces ended with ${code}: ${lastLine(output)}`);
  return output.trimEnd().split('\n');
}

// A line for each world: a change of structure alone changes none of them.
const kKept = inTree('tests/sim/worlds/traces.txt');
const kKeptHeading =
  '# Seed, hash of the trace and datagrams of each world: tests/runner/random_worlds.mjs';

const keptTraces = () => readFileSync(kKept, 'utf8').trimEnd().split('\n').slice(1);

function firstDifference(lines, expected) {
  const index = Math.max(lines.length, expected.length);
  for (let i = 0; i < index; ++i) {
    if (lines[i] !== expected[i])
      return `${lines[i] ?? 'nothing'} instead of ${expected[i] ?? 'nothing'}`;
  }
  return undefined;
}

/// The same seeds must give the same worlds as before, natively and in wasm, to the last datagram.
/// Agents that behave differently must give other traces.
export async function compareTraces() {
  const name = 'traces of native and wasm';
  const [native, wasm, slower] = [
    await traces(kNative),
    await traces(kWasm),
    await traces(kNative, '--ta', '60'),
  ];
  const unchanged = native.filter((line, i) => line === slower[i]);
  const difference = firstDifference(native, keptTraces());
  const wasmDifference = firstDifference(wasm, native);
  console.log(`${name}: ${native.length} compared`);
  if (native.length !== 1000)
    return { name, failed: 1, why: `${native.length} traces instead of 1000` };
  if (difference)
    return {
      name,
      failed: 1,
      why: `agents behave otherwise than the kept traces say: ${difference}`,
    };
  if (wasmDifference)
    return { name, failed: 1, why: `wasm differs from native: ${wasmDifference}` };
  if (unchanged.length > 10)
    return { name, failed: 1, why: `another Ta does not show in ${unchanged.length}` };
  return { name, passed: 1 };
}

if (
  process.argv[1] &&
  import.meta.url === pathToFileURL(process.argv[1]).href &&
  process.argv[2] === '--keep'
) {
  writeFileSync(kKept, [kKeptHeading, ...(await traces(kNative)), ''].join('\n'));
}
