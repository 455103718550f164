// A data channel between Firefox and our agent, in the lab of network namespaces. With --long only, and
// only then is Firefox installed.
// needs: native wasm js netlab browser
import { kFirefoxNetworks, meetFirefox } from '../netlab/firefox_meets.mjs';
import { Lab } from '../netlab/lab.mjs';
import { buildNetworks } from '../netlab/matrix.mjs';
import { writeSite } from '../netlab/page_meets.mjs';
import { startServers } from '../netlab/servers.mjs';
import { buildPackage } from '../runner/build.mjs';
import { must } from '../runner/shell.mjs';

const kInstallSeconds = 1800;
const kCounts = { repeats: 100, megabytes: 20 };

export async function run({ long }) {
  if (!long) return [{ name: 'Firefox', skipped: 1, why: 'it is tested with --long' }];
  if (process.getuid() !== 0)
    return [{ name: 'network namespaces', skipped: 1, why: 'they need root' }];
  await must(['cmake/setup.sh', 'firefox'], { seconds: kInstallSeconds, show: true });
  await buildPackage();
  const lab = new Lab();
  try {
    const networks = await buildNetworks(lab, kFirefoxNetworks);
    await startServers(lab, { documents: writeSite(lab) });
    return await meetFirefox(lab, networks, kCounts);
  } finally {
    lab.close();
  }
}
