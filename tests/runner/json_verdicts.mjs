// Runs floe_json_verdicts, natively and in wasm.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { must } from './shell.mjs';
import { artefacts, binary, inTree } from './tree.mjs';

const kNative = [binary('floe_json_verdicts')];
const kWasm = [process.execPath, inTree('build/wasm/bin/floe_json_verdicts.cjs')];

/// The fuzzer's corpus: the texts in the tree, and the texts that it found on this machine.
const kFolders = [
  inTree('tests/fuzz/corpus/signal/json'),
  path.join(artefacts, 'corpus/signal_json_fuzz'),
];

/// Page and device must understand the same text alike: the same value, or the same error.
export async function compareVerdicts() {
  const name = 'verdicts on JSON of native and wasm';
  const folders = kFolders.filter((folder) => existsSync(folder));
  const verdicts = async (command) => (await must([...command, ...folders])).trimEnd().split('\n');
  const [native, wasm] = [await verdicts(kNative), await verdicts(kWasm)];
  const different = native.filter((line, i) => line !== wasm[i]);
  console.log(
    `${name}: ${native.length - different.length} of ${native.length} lines are identical, ${native.at(-1)}`,
  );
  if (different.length === 0 && native.length === wasm.length) return { name, passed: 1 };
  const at = native.findIndex((line, i) => line !== wasm[i]);
  return { name, failed: 1, why: `natively: ${native[at]}; in wasm: ${wasm[at]}` };
}
