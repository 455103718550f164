// Packages of npm that only tests need, in a folder with a package-lock.json that says which.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { must } from './shell.mjs';

/// Installs what is not there yet.
export async function installPackages(folder) {
  const lock = path.join(folder, 'package-lock.json');
  const installed = path.join(folder, 'node_modules', '.floe-lock');
  const isSame = existsSync(installed) && readFileSync(installed).equals(readFileSync(lock));
  if (isSame) return;
  await must(['npm', 'ci', '--no-audit', '--no-fund'], { cwd: folder });
  copyFileSync(lock, installed);
}

/// Which version of a package is installed in `folder`.
export const versionOf = (folder, name) =>
  JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'))).version;
