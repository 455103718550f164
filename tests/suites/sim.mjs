// Agents in a simulated world: with sanitizers, then optimized with many seeds.
// needs: test js clang
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from '../runner/build.mjs';
import { catch2, catch2Cases } from '../runner/catch2.mjs';
import {
  freshSeed,
  judgeOnceWrongWorlds,
  judgeWorlds,
  studyLongLoss,
  studyLoss,
} from '../runner/random_worlds.mjs';
import { must, run as runProgram } from '../runner/shell.mjs';
import { artefacts, binary, inTree } from '../runner/tree.mjs';

/// Prints a table of the kinds of network that reach each other.
async function showMatrix() {
  const output = await must([
    binary('floe_sim_tests'),
    'print the matrix',
    '--colour-mode',
    'none',
  ]);
  const table = output.slice(output.indexOf('IPv4'), output.lastIndexOf('====='));
  mkdirSync(artefacts, { recursive: true });
  const file = path.join(artefacts, 'nat-matrix.txt');
  writeFileSync(file, table.trimEnd() + '\n');
  console.log(table.split('\n\n')[0]);
  console.log(`the same for IPv6, for both, and with relays: ${file}`);
}

/// Prints how long a call is silent when an end of it moves.
async function showOutages() {
  const output = await must([
    binary('floe_sim_tests'),
    'print the outages',
    '--colour-mode',
    'none',
  ]);
  console.log(output.slice(output.indexOf('Silence'), output.lastIndexOf('=====')).trimEnd());
}

/// Prints how long encrypted ends take to their first protected byte; loss may cost them only so much.
async function studyHandshakes() {
  const command = [binary('floe_sim_tests'), 'print the handshakes', '--colour-mode', 'none'];
  const { code, output } = await runProgram(command, { seconds: 300 });
  console.log(output.slice(output.indexOf('From both'), output.lastIndexOf('=====')).trimEnd());
  return code === 0
    ? { name: 'handshakes', passed: 1 }
    : { name: 'handshakes', failed: 1, why: `again: ${command[0]} "${command[1]}"` };
}

export const takesNames = true;

export async function run({ long, names }) {
  if (names.length > 0) {
    await build('asan', 'floe_sim_tests');
    return catch2Cases([inTree('build/asan/bin/floe_sim_tests')], names);
  }
  const programs = ['floe_sim_tests', 'floe_random_worlds'];
  await build('asan', ...programs);
  await build('release', ...programs);
  const results = [await catch2('sim', [inTree('build/asan/bin/floe_sim_tests')])];
  for (let round = 0; round < (long ? 100 : 2); ++round) {
    results.push(await catch2(`sim ${round + 1}`, [binary('floe_sim_tests')]));
  }
  await showMatrix();
  await showOutages();
  results.push(await studyHandshakes());
  results.push(await judgeOnceWrongWorlds());
  const sanitized = { command: [inTree('build/asan/bin/floe_random_worlds')] };
  results.push(await judgeWorlds('sanitized worlds', 500, sanitized));
  results.push(await judgeWorlds('random worlds', 10_000));
  results.push(await judgeWorlds('sanitized moving worlds', 50, { ...sanitized, moving: true }));
  results.push(await judgeWorlds('moving worlds', 1000, { moving: true }));
  const sealed = { ...sanitized, encrypted: true };
  results.push(await judgeWorlds('sanitized encrypted worlds', 400, sealed));
  results.push(await judgeWorlds('encrypted worlds', 2000, { encrypted: true }));
  results.push(
    await judgeWorlds('sanitized encrypted moving worlds', 50, { ...sealed, moving: true }),
  );
  results.push(
    await judgeWorlds('encrypted moving worlds', 300, { encrypted: true, moving: true }),
  );
  if (long) {
    const first = freshSeed();
    results.push(await judgeWorlds('fresh random worlds', 500_000, { first }));
    results.push(await judgeWorlds('fresh moving worlds', 10_000, { first, moving: true }));
    const encrypted = { first, encrypted: true };
    results.push(await judgeWorlds('fresh encrypted worlds', 10_000, encrypted));
    results.push(
      await judgeWorlds('fresh encrypted moving worlds', 2000, { ...encrypted, moving: true }),
    );
  }
  results.push(...(await studyLoss()));
  results.push(...(await studyLongLoss(long ? 24 : 1)));
  return results;
}
