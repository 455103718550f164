// A gateway under the traffic of many clients, restarted beside them, and under attack. In network
// namespaces without a way out; short, so that the tools are seen to work, and long with --long.
// needs: native js netlab
import { build } from '../runner/build.mjs';
import { soak } from '../soak/cells.mjs';

export const takesNames = true;

export async function run({ long, names }) {
  await build('release', 'floe-gateway', 'floe-soak-load');
  if (process.getuid() !== 0)
    return [{ name: 'network namespaces', skipped: 1, why: 'they need root' }];
  return soak({ long, names });
}
