// What a stranger does with an installed Floe: builds programs in C and C++ against it, with CMake
// and with pkg-config, with archives and with the shared library, from where it was installed and
// from where it was moved to; and runs them.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LineProcess } from '../../demo/runner/process.mjs';
import { withGateway } from '../runner/gateway.mjs';
import { must, run } from '../runner/shell.mjs';
import { binary, inTree } from '../runner/tree.mjs';
import { checkAbi } from './abi.mjs';
import { checkNeeds, checkNotices, checkPrinted } from './installed.mjs';

const kStrict = ['-Wall', '-Wextra', '-Wpedantic', '-Werror'];
const kC = ['cc', '-std=gnu11'];
const kCxx = ['c++', '-std=c++20'];
const kPrivateHeaders = /\b(nlohmann|libwebsockets|mbedtls|psa)\b.*\.h/;
const kInC = ['device.c', 'channel.c', 'agents.c'];
const source = (name) => inTree('tests', 'install', name);

/// `work` passes by not throwing.
async function attempt(name, work) {
  try {
    await work();
    return { name, passed: 1 };
  } catch (error) {
    return { name, failed: 1, why: error.message };
  }
}

export async function nativeStrangers() {
  const folder = mkdtempSync(path.join(tmpdir(), 'floe-install-'));
  try {
    return await inFolder(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inFolder(folder) {
  const installed = path.join(folder, 'installed');
  const moved = path.join(folder, 'moved', 'elsewhere');
  await must(['cmake', '--install', inTree('build'), '--prefix', installed]);
  const results = [
    await attempt('headers', () => checkHeaders(folder, installed)),
    await attempt('nothing installed names where it is', () => checkPaths(installed)),
    await attempt('the shared library is what it was', () => checkAbi(installed)),
    await attempt('the notices of third parties', () => checkNotices(installed)),
    await attempt('programs need nothing but glibc', () =>
      checkNeeds(
        ...['floe', 'floe-gateway'].map((name) => path.join(installed, 'bin', name)),
        binary('floe-device'),
      ),
    ),
    await attempt('the device, compiled as the README prints', () =>
      checkPrinted(installed, folder),
    ),
    ...(await buildAndRun('installed', path.join(folder, 'first'), installed)),
  ];
  mkdirSync(path.dirname(moved));
  renameSync(installed, moved);
  results.push(...(await buildAndRun('moved', path.join(folder, 'second'), moved)));
  return results;
}

/// In C they compile without a warning; in C++ they need no header of a dependency.
async function checkHeaders(folder, prefix) {
  const include = path.join(prefix, 'include');
  const headers = readdirSync(include, { recursive: true }).filter((name) => name.endsWith('.h'));
  const list = (names) => names.map((name) => `#include <${name}>\n`).join('');
  const inC = path.join(folder, 'headers.c');
  const inCxx = path.join(folder, 'headers.cc');
  writeFileSync(inC, list(['floe/floe.h', 'floe/floe_native.h']));
  writeFileSync(inCxx, list(headers.sort()));
  await must(['cc', '-std=c11', ...kStrict, '-fsyntax-only', '-I', include, inC]);
  await must(['c++', '-std=c++20', ...kStrict, '-fsyntax-only', '-I', include, inCxx]);
  const read = execFileSync('c++', ['-std=c++20', '-M', '-I', include, inCxx], {
    maxBuffer: 1 << 24,
  });
  const foreign = String(read)
    .split(/\s+/)
    .find((name) => kPrivateHeaders.test(name));
  if (foreign) throw new Error(`an installed header includes ${foreign}`);
}

async function checkPaths(prefix) {
  const lib = path.join(prefix, 'lib');
  for (const name of readdirSync(lib, { recursive: true }).filter((file) =>
    /\.(pc|cmake)$/.test(file),
  )) {
    const text = readFileSync(path.join(lib, name), 'utf8');
    for (const place of [prefix, inTree()]) {
      // A path, and not the end of another: the tree may be in /floe, and headers are in include/floe.
      const named = text.split(place).slice(0, -1);
      if (named.some((before) => /(^|[\s"'=:;])$/.test(before)))
        throw new Error(`${name} names ${place}`);
    }
    if (text.includes('/.cache/')) throw new Error(`${name} names a cache`);
  }
}

async function buildAndRun(where, folder, prefix) {
  const ways = [
    ['CMake', withCMake],
    ['CMake in C alone', withCMakeInC],
    ['pkg-config', withPkgConfig],
    ['pkg-config --static', withStaticPkgConfig],
    ['the shared library, CMake', withSharedCMake],
    ['the shared library, pkg-config', withSharedPkgConfig],
  ];
  const results = [];
  for (const [tool, work] of ways) {
    const way = `${where}, ${tool}`;
    const programs = path.join(folder, tool.replaceAll(' ', '-'));
    mkdirSync(programs, { recursive: true });
    const built = await attempt(`build ${way}`, () => work(programs, prefix));
    results.push(built);
    if (!built.passed) continue;
    results.push(
      await attempt(`two agents, ${way}`, () =>
        must([path.join(programs, 'agents')], { seconds: 10 }),
      ),
    );
    if (isShared(work))
      copyFileSync(path.join(folder, 'CMake', 'caller'), path.join(programs, 'caller'));
    if (!existsSync(path.join(programs, 'caller'))) continue;
    if (!isShared(work))
      results.push(await attempt(`every network, ${way}`, () => meetEverywhere(programs)));
    results.push(...(await meet(programs, way)));
  }
  return results;
}

async function cmake(from, to, prefix) {
  await must([
    'cmake',
    '-S',
    from,
    '-B',
    to,
    `-DCMAKE_PREFIX_PATH=${prefix}`,
    '-DCMAKE_BUILD_TYPE=Release',
  ]);
  await must(['cmake', '--build', to]);
}

const withCMake = (programs, prefix) => cmake(inTree('tests', 'install'), programs, prefix);

/// A project in C alone, whose programs link `core` and `native`.
async function inC(programs, prefix, core, native) {
  for (const name of kInC) copyFileSync(source(name), path.join(programs, name));
  const text = readFileSync(source('CMakeLists.txt'), 'utf8')
    .replace('LANGUAGES C CXX', 'LANGUAGES C')
    .replace(/^.*\b(caller|networks)\b.*\n/gm, '')
    .replaceAll('floe::core', core)
    .replaceAll('floe::native', native);
  writeFileSync(path.join(programs, 'CMakeLists.txt'), text);
  await cmake(programs, programs, prefix);
}

const withCMakeInC = (programs, prefix) => inC(programs, prefix, 'floe::core', 'floe::native');
const withSharedCMake = (programs, prefix) => inC(programs, prefix, 'floe::shared', 'floe::shared');

async function compile(programs, prefix, compiler, name, query, more = []) {
  const env = { PKG_CONFIG_PATH: path.join(prefix, 'lib', 'pkgconfig') };
  const flags = await must(['pkg-config', '--cflags', '--libs', ...query], { env });
  const program = path.join(programs, path.parse(name).name);
  const words = [...kStrict, source(name), '-o', program, ...flags.trim().split(/\s+/), ...more];
  await must([...compiler, ...words]);
}

async function withPkgConfig(programs, prefix, more = []) {
  const one = (compiler, name, module) =>
    compile(programs, prefix, compiler, name, [...more, module]);
  await one(kC, 'device.c', 'floe-native');
  await one(kC, 'channel.c', 'floe-native');
  await one(kCxx, 'caller.cc', 'floe-native');
  await one(kC, 'agents.c', 'floe-core');
  await one(kCxx, 'networks.cc', 'floe-sim');
}

const withStaticPkgConfig = (programs, prefix) => withPkgConfig(programs, prefix, ['--static']);

async function withSharedPkgConfig(programs, prefix) {
  const where = [`-Wl,-rpath,${path.join(prefix, 'lib')}`];
  for (const name of kInC) await compile(programs, prefix, kC, name, ['floe'], where);
}

const isShared = (work) => work === withSharedCMake || work === withSharedPkgConfig;

/// The stranger's protocol between every two simulated networks: a row for each, with no gap.
async function meetEverywhere(programs) {
  const table = await must([path.join(programs, 'networks')], { seconds: 60 });
  const rows = table.match(/^ *\d+ [a-z-]+( +r? *\d+){12}$/gm) ?? [];
  if (rows.length !== 12) throw new Error(`not a table of twelve networks:\n${table}`);
  if (!/^ 6 symmetric +\d+ .* r/m.test(table))
    throw new Error(`symmetric needs no relay?\n${table}`);
}

/// The README's programs as printed, by the gateway of demo/run, which has no address but loopback:
/// the device in C and the caller in C++, each in turn the one who comes later and so controls; two
/// programs in C with a data channel; and the script in Node.
async function meet(programs, way) {
  const script = installScript(programs);
  return withGateway(async ({ address, room }) => {
    const call = (url) => run([path.join(programs, 'caller'), url], { seconds: 15 });
    const device = (url) => new LineProcess('device', [path.join(programs, 'device'), url]);
    return [
      await attempt(`the caller joins the device, ${way}`, async () => {
        const answering = device(room('first'));
        await delay(300);
        await finish(call(room('first')), answering);
      }),
      await attempt(`the device joins the caller, ${way}`, async () => {
        const calling = call(room('second'));
        await delay(300);
        await finish(calling, device(room('second')));
      }),
      await attempt(`two programs in C talk in a channel, ${way}`, async () => {
        const program = path.join(programs, 'channel');
        const echoing = new LineProcess('channel', [program, 'echo', room('channels')]);
        const { code, output } = await run([program, 'say', room('channels')], { seconds: 15 });
        await echoing.stop();
        if (code !== 0 || !/^talk: hello$/m.test(output))
          throw new Error(`it ended with ${code} and said: ${output} ${echoing.errors.join('; ')}`);
      }),
      await attempt(`the script joins the device, ${way}`, async () => {
        const answering = device(room('demo'));
        await delay(300);
        await finish(
          run([process.execPath, script, `ws://${address}/signal`], { seconds: 15 }),
          answering,
        );
      }),
    ];
  });
}

/// The script beside an installed package.
function installScript(programs) {
  const modules = path.join(programs, 'node_modules');
  mkdirSync(modules, { recursive: true });
  symlinkSync(inTree('js'), path.join(modules, 'floe'));
  const script = path.join(programs, 'script.mjs');
  copyFileSync(source('npm/script.mjs'), script);
  return script;
}

async function finish(calling, device) {
  const { code, output } = await calling;
  await device.stop();
  if (code !== 0 || !/^hello\n$/m.test(output)) {
    // a log may come first
    throw new Error(
      `the caller ended with ${code} and said: ${output} ${device.errors.join('; ')}`,
    );
  }
}
