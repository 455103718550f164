// A stranger's view: what is installed, or packed, is enough to build and run programs with.
// needs: native wasm js browser
import { bundled } from '../install/bundled.mjs';
import { container } from '../install/container.mjs';
import { nativeStrangers } from '../install/native.mjs';
import { npmStrangers } from '../install/npm.mjs';
import { pairs } from '../install/pairs.mjs';
import { buildPackage } from '../runner/build.mjs';

export async function run({ long }) {
  await buildPackage();
  return [
    ...(await nativeStrangers()),
    ...(await npmStrangers()),
    ...(await pairs()),
    ...(await container()),
    ...(long ? await bundled() : []),
  ];
}
