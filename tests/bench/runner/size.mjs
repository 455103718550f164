// How big the code is when it is built to be small.
import { statSync } from 'node:fs';
import { must } from '../../runner/shell.mjs';
import { inTree } from '../../runner/tree.mjs';

const kTree = inTree('build', 'size');

/// Code and constants of an ELF file, without headers and symbols.
async function textSize(file) {
  const row = (await must(['size', file])).trim().split('\n').at(-1);
  return Number(row.trim().split(/\s+/)[0]);
}

export async function measureSize() {
  await must(['cmake', '--preset', 'release', '-B', kTree, '-DFLOE_TESTS=ON',
    '-DCMAKE_BUILD_TYPE=MinSizeRel', '-DFLOE_CRC32_SLICES=1']);
  await must(['cmake', '--build', kTree, '--target', 'floe-size']);
  const library = inTree('build/size/tests/bench/libfloe-size.so');
  const folder = (await must(['pkg-config', '--variable=libdir', 'nice'])).trim();
  const libnice = `${folder}/libnice.so`;
  return {
    file_bytes: statSync(library).size,
    text_bytes: await textSize(library),
    libnice_file_bytes: statSync(libnice).size,
    libnice_text_bytes: await textSize(libnice),
  };
}
