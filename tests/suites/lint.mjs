// What a reader, and no compiler, would complain of: the rules of the tree, the format, clang-tidy.
// needs: native js lint
import { readdirSync } from 'node:fs';
import { nodeTestFiles } from '../runner/node_test.mjs';
import { must } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';
import { checkFormat } from '../structure/format.mjs';
import { checkStructure } from '../structure/structure.mjs';
import { checkTidy } from '../structure/tidy.mjs';

const kRuleTests = inTree('tests', 'structure', 'test');

/// The rules themselves: each must be seen to fail.
const testRules = () => {
  const files = readdirSync(kRuleTests).filter((name) => name.endsWith('.test.mjs'));
  return nodeTestFiles(
    'rules of the tree',
    files.map((name) => inTree('tests', 'structure', 'test', name)),
  );
};

export async function run() {
  await must([inTree('js', 'build', 'node_modules.sh')]);
  return [...checkStructure(), ...checkFormat(), await testRules(), await checkTidy()];
}
