// What .clang-tidy asks of C++, for all that compiles natively except the tests.
import { readFileSync } from 'node:fs';
import { must, run } from '../runner/shell.mjs';
import { sideBySide } from '../runner/side_by_side.mjs';
import { inTree, root } from '../runner/tree.mjs';

const kFolder = inTree('build', 'tidy');
const kSeconds = 300;

/// The modules: each is one unit, which includes its sources.
function units() {
  const commands = JSON.parse(readFileSync(`${kFolder}/compile_commands.json`));
  return commands.map((command) => command.file).filter((file) => /\.(cc|cxx)$/.test(file));
}

export async function checkTidy() {
  await must(['cmake', '--preset', 'tidy', '-DFLOE_WERROR=OFF']);
  const complaints = new Set();
  await sideBySide(units(), async (unit) => {
    const command = ['clang-tidy-14', '-p', kFolder, '--quiet', unit];
    const { code, output } = await run(command, { seconds: kSeconds });
    const told = output.split('\n').filter((line) => /: (error|warning): /.test(line));
    for (const line of told) complaints.add(line.replace(`${root}/`, ''));
    if (code !== 0 && told.length === 0) complaints.add(`${unit}: ${output.trim().slice(-300)}`);
  });
  if (complaints.size === 0) return { name: 'clang-tidy', passed: 1 };
  for (const complaint of complaints) console.log(complaint);
  return { name: 'clang-tidy', failed: complaints.size, why: [...complaints][0] };
}
