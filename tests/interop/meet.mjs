// Two agents that speak the stdio contract of `floe agent` meet: their signalling is crossed, both
// connect, datagrams go from left to right (and back, if right was started with --echo), left is
// told to close, and right must hear of it from left's bye alone.
//
//   node meet.mjs [--rounds N] [--datagrams N] [--json] --left 'COMMAND' --right 'COMMAND'
//
// Nothing is retried but a lost datagram, three times. Ends with `N passed, N failed`; with --json
// every line is an object. Exit status: 0 every round passed, 1 one failed, 2 usage.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { Round } from './round.mjs';

const kRoundMs = 15_000;
const kUsage = "usage: meet.mjs [--rounds N] [--datagrams N] [--json] --left 'CMD' --right 'CMD'";

// One round; left and right are shell commands. Throws with a plain reason and the last stderr
// lines of both. `arrived` datagrams reached right, or left again if right echoes; `echoed` then
// counts these and is 0 otherwise. connectMs is as Round.connect() measures it.
export async function meet({ left, right, datagrams = 100, timeoutMs = kRoundMs }) {
  const round = new Round(left, right, timeoutMs);
  try {
    const connectMs = await round.connect();
    const {
      left: { pair: leftPair },
      right: { pair: rightPair },
    } = round;
    await round.exchange(datagrams);
    await round.close();
    const echoed = round.echoes ? datagrams : 0;
    return { connectMs, leftPair, rightPair, arrived: datagrams, echoed };
  } catch (error) {
    throw new Error(round.explain(error.message), { cause: error });
  } finally {
    round.destroy();
  }
}

function usage(reason) {
  console.error(`${reason}\n${kUsage}`);
  process.exit(2);
}

function count(name, value) {
  if (!/^[0-9]{1,6}$/.test(value)) usage(`--${name} takes a number`);
  return Number(value);
}

function options() {
  const text = { type: 'string' };
  const flag = { type: 'boolean' };
  const known = { rounds: text, datagrams: text, json: flag, left: text, right: text };
  try {
    const {
      left,
      right,
      json = false,
      rounds = '1',
      datagrams = '100',
    } = parseArgs({ options: known }).values;
    if (!left || !right) usage('--left and --right are needed');
    const counts = { rounds: count('rounds', rounds), datagrams: count('datagrams', datagrams) };
    return { left, right, json, ...counts };
  } catch (error) {
    return usage(error.message);
  }
}

const end = ({ type, address, port }) => `${type} ${address} ${port}`;

function sentence({ connectMs, leftPair, arrived, echoed }) {
  const pair = `${end(leftPair.local)} to ${end(leftPair.remote)}`;
  return `connected in ${connectMs} ms, ${pair}, ${arrived} datagrams ${echoed ? 'back' : 'over'}`;
}

async function main() {
  const { left, right, json, rounds, datagrams } = options();
  const print = (object, line) => console.log(json ? JSON.stringify(object) : line);
  let passed = 0;
  for (let round = 1; round <= rounds; ++round) {
    try {
      const result = await meet({ left, right, datagrams });
      ++passed;
      print({ round, ...result }, `round ${round}: ${sentence(result)}`);
    } catch ({ message }) {
      print({ round, error: message }, `round ${round}: failed ${message}`);
    }
  }
  const failed = rounds - passed;
  print({ passed, failed }, `${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0; // zero rounds are a failure
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
