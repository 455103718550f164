// The files of the gateway's container image: with nothing else around it, the program runs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { must } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';

export async function container() {
  const files = mkdtempSync(path.join(tmpdir(), 'floe-container-'));
  const name = 'the gateway runs in its container image';
  try {
    await must([inTree('demo/container.sh'), '--files', files]);
    // Only root may change the root directory: of the machine, or of a namespace.
    const asRoot = process.getuid() === 0 ? [] : ['unshare', '--user', '--map-root-user'];
    const output = await must([...asRoot, 'chroot', files, '/usr/bin/floe-gateway', '--version']);
    if (!output.startsWith('floe-gateway ')) throw new Error(`it printed ${output}`);
    return [{ name, passed: 1 }];
  } catch ({ message }) {
    return [{ name, failed: 1, why: message }];
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
}
