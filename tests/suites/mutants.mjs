// Breaks the code on purpose, one line at a time, and sees that the named test notices.
//
// A file of tests/mutants is a patch with lines before it that say what it does:
//   # what the broken code does wrong
//   # killed by: unit "name of a test case"
// where unit, driver, signal, sdp, sim, tunnel, turn_server, native or gateway is the program floe_<it>_tests.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { must, run as runCommand } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';

const kPlace = inTree('build', 'mutants');
const kTree = path.join(kPlace, 'tree');
const kBuild = path.join(kPlace, 'build');
const kParts = ['CMakeLists.txt', 'cmake', 'core', 'platform', 'native', 'demo', 'tests', 'build/deps.cmake'];

const isSame = (from, to) => existsSync(to) && readFileSync(from).equals(readFileSync(to));

/// What did not change keeps its time, and is not built again; what did is newer than all objects,
/// also than those of a mutant that came after it.
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

/// A copy, so that no mutant is ever in the tree that somebody commits.
async function prepare() {
  mkdirSync(path.join(kTree, 'build'), { recursive: true });
  for (const part of kParts) mirror(inTree(part), path.join(kTree, part));
  await must([
    ...['cmake', '-S', kTree, '-B', kBuild, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=None'],
    // Compiled and linked hundreds of times, run for a second: the gold linker is the fast one here.
    ...['-DCMAKE_CXX_FLAGS=-O0', '-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=gold'],
    ...['-DFLOE_TESTS=ON', '-DFLOE_DEMO=ON'],
  ]);
  await buildTests(kPrograms);
}

const kPrograms = ['unit', 'driver', 'signal', 'sdp', 'sim', 'tunnel', 'turn_server', 'native', 'gateway'];
// Those with sockets run where there is no way out: nobody knows whom broken code sends to.
const kAlone = ['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'alone'];
const kWithSockets = ['native', 'gateway'];

const buildTests = (programs, lane = []) => {
  const targets = programs.map((program) => `floe_${program}_tests`);
  return must([...lane, 'cmake', '--build', kBuild, '--target', ...targets], { seconds: 3600 });
};

// Without fuzz: near enough might be another function.
const patch = (file, lane, ...flags) =>
  must([...lane, 'patch', '-d', kTree, '-p1', '--fuzz=0', '--silent', ...flags, '-i', file]);

/// Before a command: nothing, or what lets it find a copy of all that was built in the place of the
/// original, so that nothing has to be built again because of its name.
async function makeLanes() {
  if (process.getuid() !== 0 || os.cpus().length < 2) return [[]];
  const copy = inTree('build', 'mutants-2');
  rmSync(copy, { recursive: true, force: true });
  await must(['cp', '-a', kPlace, copy]);
  const script = `mount --bind '${copy}' '${kPlace}' && exec "$@"`;
  return [[], ['unshare', '--mount', 'sh', '-c', script, 'lane']];
}

async function replay(file, lane) {
  const name = path.basename(file, '.patch');
  const kill = /^# killed by: (\w+) "(.+)"$/m.exec(readFileSync(file, 'utf8'));
  if (!kill || !kPrograms.includes(kill[1])) return { name, failed: 1, why: 'does not say which test it is killed by' };
  const [, program, test] = kill;
  await patch(file, lane);
  try {
    await buildTests([program], lane);
    const named = test.replaceAll(',', '\\,'); // a comma would be an "or"
    const command = [path.join(kBuild, 'bin', `floe_${program}_tests`), named];
    const alone = kWithSockets.includes(program) ? kAlone : [];
    const { code, output } = await runCommand([...lane, ...alone, ...command], { seconds: 120 });
    if (/No test cases matched/.test(output)) return { name, failed: 1, why: `no test is called "${test}"` };
    if (code === 0) return { name, failed: 1, why: `"${test}" passes although the code is broken` };
    console.log(`${name}: noticed`);
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: `could not be tried: ${error.message}` };
  } finally {
    await patch(file, lane, '-R');
  }
}

/// Mutants of one file after another: what is mended is compiled with what is broken next.
function byPlace(files) {
  const place = new Map(files.map((file) => [file, /^--- a\/(.+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '']));
  return files.sort((a, b) => place.get(a).localeCompare(place.get(b)) || a.localeCompare(b));
}

export async function run() {
  await prepare();
  const folder = inTree('tests', 'mutants');
  const files = readdirSync(folder).filter((name) => name.endsWith('.patch'));
  const waiting = byPlace(files.map((name) => path.join(folder, name)));
  const results = [];
  // From both ends, so that neighbours stay in one lane.
  const work = async (lane, index) => {
    while (waiting.length > 0) results.push(await replay(index === 0 ? waiting.shift() : waiting.pop(), lane));
  };
  await Promise.all((await makeLanes()).map(work));
  return results;
}
