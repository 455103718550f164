// Set-up with mirrors that lack files, serve wrong bytes, break off or stall.
// needs: js
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run as runCommand } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';
import { filesOf, kPackage, Mirror } from '../setup/mirror.mjs';

const kOld = '4.3.4-1';
const kNew = '4.3.5-1';
const [kUpstream, kDebian] = Object.keys(filesOf(kNew));
const kVersions = [kOld, kNew];

const kFaults = ['missing', 'wrong bytes', 'breaks off', 'stalls'];

/// The expected result for mirrors with these faults: the version that is taken, or words of the error.
const kCases = [
  { name: 'two sound mirrors', faults: [{}, {}], takes: kNew },
  ...kFaults.map((fault) => ({
    name: `a file that the first mirror has ${fault}`,
    faults: [{ [kDebian]: fault }, {}],
    takes: kNew,
  })),
  {
    name: 'each mirror lacks another file',
    faults: [{ [kDebian]: 'missing' }, { [kUpstream]: 'missing' }],
    takes: kNew,
  },
  {
    name: 'the newest version is served by no mirror',
    faults: [{ [kDebian]: 'missing' }, { [kDebian]: 'wrong bytes' }],
    takes: kOld,
  },
  {
    name: 'the version before the newest is older than the floor',
    faults: [{ [kDebian]: 'missing' }],
    floor: '4.3.5',
    fails: ['from 4.3.5 on', 'another mirror'],
  },
  {
    name: 'the mirrors have only older versions',
    faults: [{}],
    floor: '4.4',
    fails: ['from 4.4 on', kNew],
  },
];

async function tryCase({ name, faults, floor = '4.3', takes, fails = [] }) {
  const mirrors = faults.map((fault) => new Mirror(kVersions, fault));
  const cache = mkdtempSync(path.join(tmpdir(), 'floe-setup-'));
  try {
    const places = await Promise.all(mirrors.map((mirror) => mirror.start()));
    const command = [inTree('tests/setup/fetch.sh'), kPackage, floor, ...places];
    const { code, output } = await runCommand(command, {
      env: { FLOE_CACHE: cache },
      seconds: 120,
    });
    const taken =
      takes !== undefined && existsSync(path.join(cache, 'sources', `${kPackage}-${takes}`));
    const met = Object.keys(faults[0]).every((file) => mirrors[0].asked.includes(file));
    const isRight =
      met &&
      (takes === undefined
        ? code !== 0 && fails.every((words) => output.includes(words))
        : code === 0 && taken);
    console.log(`${isRight ? 'ok    ' : 'FAILED'} ${name}`);
    if (isRight) return { name, passed: 1 };
    console.log(output.split('\n').slice(-30).join('\n'));
    return {
      name,
      failed: 1,
      why: met ? `ended with ${code}` : 'the first mirror was not asked for its faulty file',
    };
  } finally {
    mirrors.forEach((mirror) => mirror.stop());
    rmSync(cache, { recursive: true, force: true });
  }
}

export async function run() {
  const results = [];
  for (const each of kCases) results.push(await tryCase(each));
  return results;
}
