// The gateway as an operator runs it: configuration, signals, metrics, limits, its unit, its container,
// proxies in front of it, and the commands of its operator's page.
// needs: native js operating
import { runCells } from '../browser/cells.mjs';
import { admin } from '../operating/admin.mjs';
import { configuration } from '../operating/configuration.mjs';
import { descriptors } from '../operating/descriptors.mjs';
import { drain } from '../operating/drain.mjs';
import { confined } from '../operating/confined.mjs';
import { logs } from '../operating/logs.mjs';
import { page } from '../operating/page.mjs';
import { proxies } from '../operating/proxies.mjs';
import { reload } from '../operating/reload.mjs';
import { workers } from '../operating/workers.mjs';
import { build } from '../runner/build.mjs';

export const takesNames = true;

export async function run({ names }) {
  await build('release', 'floe', 'floe-gateway', 'floe-device');
  const cells = [
    ...[
      configuration,
      admin,
      reload,
      drain,
      descriptors,
      logs,
      confined,
      proxies,
      page,
      workers,
    ].flat(),
  ];
  const wanted = cells.filter(([name]) => names.length === 0 || names.includes(name));
  return runCells(wanted);
}
