// The rooms, the tunnel and the TURN server of the gateway change what they carry, and the two ends must
// notice it, each time. Between honest servers the same ends must notice nothing: else the check is none.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LineProcess } from '../../demo/runner/process.mjs';
import { sideBySide } from '../runner/side_by_side.mjs';
import { binary, inTree } from '../runner/tree.mjs';
import { kCases } from './cases.mjs';
import { Meeting } from './meetings.mjs';

const kHonest = 'nothing';
const kAgents = {
  native: [binary('floe'), 'agent'],
  node: [process.execPath, inTree('js/bin/floe.mjs'), 'agent'],
};

/// Resolves to {gateway, address, turn}.
async function startServers(attack, folder, triesMax = 5) {
  const users = path.join(folder, 'users');
  writeFileSync(users, 'alice:secret\n');
  const gateway = new LineProcess('gateway', [
    ...[binary('floe_tampering_gateway'), attack, '--insecure-dev', '--listen', '127.0.0.1:0'],
    ...['--turn', '127.0.0.1:0', '--turn-users', users],
  ]);
  try {
    const { address, turn } = await gateway.line(
      ({ event }) => event === 'listening',
      20,
      'listen',
    );
    return { gateway, address, turn };
  } catch (error) {
    // TURN is served over UDP and TCP on one port, and the port that is free for one may not be for the other.
    if (triesMax === 1 || !error.message.includes('address in use')) throw error;
    return startServers(attack, folder, triesMax - 1);
  }
}

/// What the two ends notice of `attack`: {code, message}, or null.
async function verdictOn({ attack, meeting, ends, judge }, folder) {
  const servers = await startServers(attack, folder);
  const met = new Meeting(servers, kAgents, folder);
  try {
    return await judge(await met[meeting](ends));
  } finally {
    await met.stop();
    await servers.gateway.stop('SIGKILL');
  }
}

/// Throws unless the ends notice what they must, and say what. `codes` of a case that harms nobody is empty.
async function check(one, folder) {
  const noticed = await verdictOn(one, folder);
  if (!noticed && one.codes.length > 0) throw new Error('neither end noticed it');
  if (!noticed) return 'nothing is noticed';
  const { code, message } = noticed;
  if (!one.codes.includes(code) || !one.says.test(message)) {
    throw new Error(`noticed as ${code}: ${message}`);
  }
  return `${code}: ${message}`;
}

/// The cases with honest servers, one for all that have ends, meeting and judge in common.
function controls() {
  const keyOf = ({ meeting, ends, judge }) => `${meeting} ${ends} ${judge.name}`;
  const honest = kCases.map((one) => [keyOf(one), { ...one, attack: kHonest, codes: [] }]);
  return [...new Map(honest).values()];
}

async function resultOf(one, folder) {
  const name = `${one.carrier}: ${one.attack} (${one.ends.join(', ')}; ${one.meeting})`;
  try {
    console.log(`${name}: ${await check(one, mkdtempSync(path.join(folder, 'case-')))}`);
    return { name, passed: 1 };
  } catch ({ message }) {
    console.log(`${name}: FAILED: ${message}`);
    return { name, failed: 1, why: message };
  }
}

/// Results for tests/run.
export async function tampering() {
  const folder = mkdtempSync(path.join(tmpdir(), 'floe-tampering-'));
  const started = performance.now();
  try {
    const results = await sideBySide([...kCases, ...controls()], (one) => resultOf(one, folder));
    const seconds = (performance.now() - started) / 1000;
    console.log(`tampering: ${results.length} meetings in ${seconds.toFixed(0)} s`);
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
