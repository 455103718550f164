// Runtimes of JavaScript that run the package with sockets of their own: Node, and from npm Deno and Bun.
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { must } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';

const kFolder = inTree('tests/interop/runtimes');
const kLock = path.join(kFolder, 'package-lock.json');
const kInstalled = path.join(kFolder, 'node_modules', '.floe-lock');

async function install() {
  const isSame = existsSync(kInstalled) && readFileSync(kInstalled).equals(readFileSync(kLock));
  if (isSame) return;
  await must(['npm', 'ci', '--no-audit', '--no-fund'], { cwd: kFolder });
  copyFileSync(kLock, kInstalled);
}

/// The program in the one package of `scope` that is for this kind of machine.
function program(scope, file) {
  const folder = path.join(kFolder, 'node_modules', scope);
  const [name] = existsSync(folder) ? readdirSync(folder) : [];
  if (!name) throw new Error(`npm has no package of ${scope} for this machine`);
  return path.join(folder, name, file);
}

/// {name: (role) => command of an agent}.
export async function runtimeAgents() {
  await install();
  const agent = (runtime) => (role) =>
    `${runtime} ${inTree('js/bin/floe.mjs')} agent --bind 127.0.0.1 --role ${role}`;
  return {
    node: agent(process.execPath),
    deno: agent(`${program('@deno', 'deno')} run --allow-all --no-prompt --quiet`),
    bun: agent(program('@oven', 'bin/bun')),
  };
}
