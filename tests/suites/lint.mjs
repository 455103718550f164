// What a reader, and no compiler, would complain of: the rules of the tree, the format, clang-tidy.
// needs: native js lint
import { readdirSync } from 'node:fs';
import { apart } from '../runner/apart.mjs';
import { nodeTestFiles } from '../runner/node_test.mjs';
import { must } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';
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
  return [
    ...(await apart(inTree('tests/structure/structure.mjs'), 'checkStructure')),
    ...(await apart(inTree('tests/structure/format.mjs'), 'checkFormat')),
    await testRules(),
    await checkTidy(),
  ];
}
