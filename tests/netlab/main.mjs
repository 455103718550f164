// The lab by hand:
//
//   node tests/netlab/main.mjs [--kind symmetric] [--kind 'UDP blocked'] [--repeats N] [--keep]
//
// Builds two networks of each kind (none named: of all), prints the matrix of them, and takes all of
// it down again; with --keep it says how to get in, and waits for Ctrl-C. Needs root, and the
// programs that `tests/run netlab` builds.
import { parseArgs } from 'node:util';
import { Lab } from './lab.mjs';
import { buildNetworks, judge, runMatrix } from './matrix.mjs';
import { report } from './matrix_text.mjs';
import { kNetworkKinds } from './network_kinds.mjs';
import { startServers } from './servers.mjs';

function usage(reason) {
  console.error(`${reason}\nkinds: ${Object.keys(kNetworkKinds).join('; ')}`);
  process.exit(2);
}

function options() {
  const known = {
    kind: { type: 'string', multiple: true },
    repeats: { type: 'string' },
    keep: { type: 'boolean' },
  };
  const {
    kind: names = Object.keys(kNetworkKinds),
    repeats = '2',
    keep = false,
  } = parseArgs({ options: known }).values;
  const unknown = names.filter((name) => !kNetworkKinds[name]);
  if (unknown.length > 0) usage(`there is no kind ${unknown.join(', ')}`);
  if (!/^[0-9]{1,4}$/.test(repeats)) usage('--repeats takes a number');
  return { names, repeats: Number(repeats), keep };
}

function explain(lab, networks) {
  for (const [kind, home] of [...networks.left, ...networks.right])
    console.log(`${home.padEnd(4)} ${kind}`);
  console.log(
    `\nmachines: ${lab.names.join(' ')}\nto get into s: ${lab.inside('s').join(' ')} bash`,
  );
  console.log(`files: ${lab.folder}\n\nkept until Ctrl-C`);
  return new Promise(() => setInterval(() => {}, 1 << 30)); // the lab ends the process
}

const { names, repeats, keep } = options();
const lab = new Lab();
const networks = await buildNetworks(lab, names);
const { authority } = await startServers(lab);
const cells = await runMatrix(lab, networks, { repeats, authority });
if (repeats > 0) console.log(report(names, cells));
for (const { name, failed, why } of cells.map(judge))
  if (failed > 0) console.log(`${name}: ${why}`);
if (keep) await explain(lab, networks);
lab.close();
