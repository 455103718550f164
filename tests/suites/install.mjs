// A stranger's view: what is installed is enough to build and run programs with.
import { nativeStrangers } from '../install/native.mjs';
import { build } from '../runner/build.mjs';

export async function run() {
  await build('release');
  return nativeStrangers();
}
