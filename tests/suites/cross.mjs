// Floe for another processor: compiled here, and run by an emulator. With --long only: what it needs,
// the page that it follows installs.
// needs: native js
import { crossCompiled } from '../install/cross.mjs';

export async function run({ long }) {
  if (!long) return [{ name: 'aarch64', skipped: 1, why: 'it is tested with --long' }];
  return crossCompiled();
}
