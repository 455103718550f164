// How big the code is when it is built to be small.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { must } from '../../runner/shell.mjs';
import { inTree } from '../../runner/tree.mjs';

const kTree = inTree('build', 'size');

/// The bytes of an ELF file's sections that match.
async function sectionsSize(file, pattern) {
  const rows = (await must(['size', '-A', file])).split('\n').map((row) => row.trim().split(/\s+/));
  return rows.reduce((sum, [name, bytes]) => (pattern.test(name) ? sum + Number(bytes) : sum), 0);
}

const codeSize = (file) => sectionsSize(file, /^\.(text|rodata|plt)/);
const unwindSize = (file) => sectionsSize(file, /^\.(eh_frame|gcc_except_table)/);

/// Before linking, which drops what nobody calls: the code of the objects in `folder` whose source's
/// name matches.
async function objectsSize(folder, pattern = /./) {
  const inside = inTree('build/size', folder);
  const objects = readdirSync(inside).filter((name) => name.endsWith('.o') && pattern.test(name));
  const sizes = await Promise.all(objects.map((name) => codeSize(path.join(inside, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function turnSize() {
  const agents = await objectsSize('core/ice/CMakeFiles/floe_ice.dir/src', /relay|turn/);
  return agents + (await objectsSize('core/turn/CMakeFiles/floe_turn.dir/src'));
}

const kNet = 'native/net/CMakeFiles/floe_net.dir/src';

export async function measureSize() {
  await must([
    'cmake',
    '--preset',
    'release',
    '-B',
    kTree,
    '-DFLOE_TESTS=ON',
    '-DCMAKE_BUILD_TYPE=MinSizeRel',
    '-DCMAKE_UNITY_BUILD=OFF', // an object for each file
    '-DFLOE_CRC32_SLICES=0',
  ]);
  await must(['cmake', '--build', kTree, '--target', 'floe-size', 'floe_native']);
  const library = inTree('build/size/tests/bench/libfloe-size.so');
  const folder = (await must(['pkg-config', '--variable=libdir', 'nice'])).trim();
  const libnice = `${folder}/libnice.so`;
  return {
    file_bytes: statSync(library).size,
    code_bytes: await codeSize(library),
    unwind_bytes: await unwindSize(library),
    turn_bytes: await turnSize(),
    tcp_bytes: await objectsSize(kNet, /stream/),
    tls_bytes: await objectsSize(kNet, /tls/),
    libnice_file_bytes: statSync(libnice).size,
    libnice_code_bytes: await codeSize(libnice),
    libnice_unwind_bytes: await unwindSize(libnice),
  };
}
