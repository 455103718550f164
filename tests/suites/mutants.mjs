// Breaks the code on purpose, one expression at a time, and checks that the named test notices.
// tests/mutants/README.md describes the files.
// needs: test js
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Mutant, mutantPrograms } from '../runner/mutant.mjs';
import { must, run as runCommand } from '../runner/shell.mjs';
import { Sources } from '../runner/sources.mjs';
import { inTree, root } from '../runner/tree.mjs';

/// `tests/run mutants -- NAME` replays the mutant of that name alone.
export const takesNames = true;

const kPlace = inTree('build', 'mutants');
const kCopy = inTree('build', 'mutants-2');
const kTree = path.join(kPlace, 'tree');
const kBuild = path.join(kPlace, 'build');
const kParts = [
  'CMakeLists.txt',
  'cmake',
  'core',
  'platform',
  'native',
  'demo',
  'wasm',
  'tests',
  'build/deps.cmake',
];

const isSame = (from, to) => existsSync(to) && readFileSync(from).equals(readFileSync(to));

/// A file that did not change keeps its time and is not built again. A changed file becomes newer than
/// all objects, also objects of later mutants.
function mirror(from, to) {
  if (!statSync(from).isDirectory()) {
    if (!isSame(from, to)) copyFileSync(from, to);
    return;
  }
  mkdirSync(to, { recursive: true });
  const names = readdirSync(from);
  for (const name of readdirSync(to).filter((name) => !names.includes(name))) {
    rmSync(path.join(to, name), { recursive: true });
  }
  for (const name of names) mirror(path.join(from, name), path.join(to, name));
}

/// A copy of the tree, so that no mutant is ever in the tree that is committed.
async function prepare(programs) {
  mkdirSync(path.join(kTree, 'build'), { recursive: true });
  for (const part of kParts) mirror(inTree(part), path.join(kTree, part));
  await must([
    ...['cmake', '-S', kTree, '-B', kBuild, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=None'],
    // Compiled and linked hundreds of times, run for a second: the gold linker is the fast one here.
    // Each file is compiled alone, as no preset does: one that lacks an #include is noticed here.
    ...['-DCMAKE_CXX_FLAGS=-O0', '-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=gold'],
    ...['-DFLOE_TESTS=ON', '-DFLOE_DEMO=ON'],
  ]);
  await buildTests(programs);
}

// Programs with sockets run in a network that has no way out: broken code could send to any address.
const kAlone = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'alone'];
const kWithSockets = ['native', 'gateway'];

const buildTests = (programs, prefix = []) => {
  const targets = programs.map((program) => `floe_${program}_tests`);
  return must([...prefix, 'cmake', '--build', kBuild, '--target', ...targets], { seconds: 3600 });
};

/// A lane builds and runs one mutant at a time. It has the tree that it breaks, and the prefix of
/// its commands. The second lane has a copy of all that was built. Its commands find the copy in the
/// place of the original, so that nothing has to be built again because of its name.
async function makeLanes(wanted) {
  const first = { tree: kTree, prefix: [] };
  if (wanted < 2 || process.getuid() !== 0 || os.cpus().length < 2) return [first];
  rmSync(kCopy, { recursive: true, force: true });
  await must(['cp', '-a', kPlace, kCopy]);
  const script = `mount --bind '${kCopy}' '${kPlace}' && exec "$@"`;
  return [
    first,
    { tree: path.join(kCopy, 'tree'), prefix: ['unshare', '--mount', 'sh', '-c', script, 'lane'] },
  ];
}

/// Why the test did not notice that the code is broken, or nothing.
async function judge({ program, test }, { prefix }) {
  await buildTests([program], prefix);
  const named = test.replaceAll(',', '\\,'); // a comma would be an "or"
  const command = [path.join(kBuild, 'bin', `floe_${program}_tests`), named];
  const alone = kWithSockets.includes(program) ? kAlone : [];
  const { code, output } = await runCommand([...prefix, ...alone, ...command], { seconds: 120 });
  if (/No test cases matched/.test(output)) return `no test is called "${test}"`;
  return code === 0 ? `"${test}" passes although the code is broken` : undefined;
}

async function replay(mutant, lane, sources) {
  const { name } = mutant;
  const changed = mutant.apply(sources);
  const write = (file, text) => writeFileSync(path.join(lane.tree, file), text);
  for (const [file, text] of changed) write(file, text);
  try {
    const why = await judge(mutant, lane);
    if (why) return { name, failed: 1, why };
    console.log(`${name}: noticed`);
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: `could not be tried: ${error.message}` };
  } finally {
    for (const file of changed.keys()) write(file, sources.text(file));
  }
}

/// Sorts mutants by file, so that one compilation repairs the last mutant and breaks the next.
function byPlace(mutants, sources) {
  const places = new Map(mutants.map((mutant) => [mutant, mutant.place(sources)]));
  return mutants.sort((a, b) => {
    const [from, to] = [places.get(a), places.get(b)];
    return (
      from.file.localeCompare(to.file) || from.start - to.start || a.name.localeCompare(b.name)
    );
  });
}

/// One mutant of eight is replayed; --long replays all. The commit selects which, so that a run can be
/// repeated and different commits replay different mutants. A share needs few programs: to build them
/// takes longer than to replay it.
const kShares = 8;

async function shareOf(mutants) {
  const commit = await must(['git', 'rev-parse', 'HEAD'], { cwd: root });
  const turn = Number.parseInt(commit.slice(0, 8), 16) % kShares;
  const size = Math.ceil(mutants.length / kShares);
  const share = mutants
    .toSorted((a, b) => a.program.localeCompare(b.program))
    .slice(turn * size, (turn + 1) * size);
  console.log(
    `${share.length} of ${mutants.length} mutants, in turns; --long or a NAME replays others`,
  );
  return share;
}

export async function run({ long, names }) {
  const all = names.length > 0 ? names.flatMap((name) => Mutant.load(name)) : Mutant.load();
  const mutants = long || names.length > 0 ? all : await shareOf(all);
  const results = names
    .filter((name) => !mutants.some((mutant) => mutant.name === name))
    .map((name) => ({ name, failed: 1, why: 'there is no such mutant' }));
  const sources = new Sources(root);
  for (const mutant of mutants) {
    for (const why of mutant.problems(sources)) results.push({ name: mutant.name, failed: 1, why });
  }
  const faulty = new Set(results.map((result) => result.name));
  const waiting = byPlace(
    mutants.filter((mutant) => !faulty.has(mutant.name)),
    sources,
  );
  if (waiting.length === 0) return results;
  await prepare(
    mutantPrograms.filter((program) => waiting.some((mutant) => mutant.program === program)),
  );
  // From both ends, so that neighbours stay in one lane.
  const work = async (lane, index) => {
    while (waiting.length > 0) {
      results.push(await replay(index === 0 ? waiting.shift() : waiting.pop(), lane, sources));
    }
  };
  await Promise.all((await makeLanes(waiting.length)).map(work));
  return results;
}
