// Runs suites one after another and adds up what they say.
//
// A suite is a file of tests/suites that exports `run({long, names})` and returns an array of results.
// `names` are the words after `--`: a suite that exports `takesNames` runs only what they name.
// With CI=true a skip is a failure, and so is a suite that ran nothing: both would hide a hole.
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { root } from './tree.mjs';
import { Report } from './report.mjs';

// The suites that find most faults in the shortest time come first.
const kDefault = [
  'setup',
  'lint',
  'unit',
  'sim',
  'native',
  'wasm',
  'js',
  'demo',
  'interop',
  'operating',
  'soak',
  'netlab',
  'browser',
  'install',
  'fuzz',
  'size',
  'mutants',
];
/// With --long only.
const kLong = ['threads', 'cross', 'firefox'];

const folder = path.join(root, 'tests', 'suites');
const known = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length));
const args = process.argv.slice(2);
const separator = args.includes('--') ? args.indexOf('--') : args.length;
const names = args.slice(separator + 1);
const options = args.slice(0, separator);
const long = options.includes('--long');
const named = options.filter((argument) => argument !== '--long');
const unknown = named.filter((suite) => !known.includes(suite));
if (unknown.length > 0) {
  console.error(
    `tests/run: no suite is called ${unknown.join(', ')}. There are: ${known.join(' ')}`,
  );
  process.exit(2);
}

async function runSuite(suite) {
  const module = await import(pathToFileURL(path.join(folder, `${suite}.mjs`)));
  if (names.length > 0 && !module.takesNames)
    throw new Error('this suite runs whole: it takes no names after --');
  return module.run({ long, names });
}

const report = new Report({ strict: process.env.CI === 'true' });
async function judge(suite) {
  const started = performance.now();
  console.log(`\n== ${suite}`);
  const results = await runSuite(suite).catch((error) => [
    { name: suite, failed: 1, why: error.message },
  ]);
  report.add(suite, results, (performance.now() - started) / 1000);
}

// A suite that only waits runs beside the next one.
const kWaiting = ['setup'];
const waited = [];
const unnamed = [...kDefault, ...(long ? kLong : [])];
for (const suite of named.length > 0 ? named : unnamed.filter((name) => known.includes(name))) {
  const judged = judge(suite);
  if (kWaiting.includes(suite)) waited.push(judged);
  else await judged;
}
await Promise.all(waited);
process.exitCode = report.finish();
