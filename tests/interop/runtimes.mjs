// Runtimes of JavaScript that run the package with sockets of their own: Node, and from npm Deno and Bun.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { installPackages } from '../runner/npm.mjs';
import { inTree } from '../runner/tree.mjs';

const kFolder = inTree('tests/interop/runtimes');

/// The program in the one package of `scope` that is for this kind of machine.
function program(scope, file) {
  const folder = path.join(kFolder, 'node_modules', scope);
  const [name] = existsSync(folder) ? readdirSync(folder) : [];
  if (!name) throw new Error(`npm has no package of ${scope} for this machine`);
  return path.join(folder, name, file);
}

/// {name: (role) => command of an agent}.
export async function runtimeAgents() {
  await installPackages(kFolder);
  const agent = (runtime) => (role) =>
    `${runtime} ${inTree('js/bin/floe.mjs')} agent --bind 127.0.0.1 --role ${role}`;
  return {
    node: agent(process.execPath),
    deno: agent(`${program('@deno', 'deno')} run --allow-all --no-prompt --quiet`),
    bun: agent(program('@oven', 'bin/bun')),
  };
}
