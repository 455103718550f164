// A gateway that may do little: its unit of systemd, and its container without root and without a place
// to write.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { must, run } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';
import { spawn } from 'node:child_process';
import { get, inFolder, until } from './operated.mjs';

/// systemd's scale goes from 0, confined, to 100; 20 is what it prints as 2.0.
const kExposureMax = 20;
const kUnit = 'demo/gateway/systemd/floe-gateway.service';
const kNobody = 65534;

async function unit() {
  const analysis = ['systemd-analyze', 'security', '--offline=true'];
  const { code, output } = await run([...analysis, `--threshold=${kExposureMax}`, inTree(kUnit)]);
  assert.equal(code, 0, output);
  const settings = readFileSync(inTree(kUnit), 'utf8');
  for (const line of ['Type=notify', 'LimitCORE=0', 'NoNewPrivileges=yes', 'User=floe'])
    assert.match(settings, new RegExp(`^${line}$`, 'm'));
  assert.match(settings, /^WatchdogSec=\d+$/m);
  assert.match(settings, /^CapabilityBoundingSet=CAP_NET_BIND_SERVICE$/m);
  return /exposure level.*: (\S+)/.exec(output)?.[1];
}

/// The image's files, mounted so that nothing can be written, and what a container's runtime adds, for a
/// user that owns nothing.
const kConfine = `
mount --bind "$1" "$1"
mkdir "$1/proc" "$1/dev"
touch "$1/dev/urandom"
mount -t proc proc "$1/proc"
mount --bind /dev/urandom "$1/dev/urandom"
mount -o remount,bind,ro "$1"
ip link set lo up
exec setpriv --no-new-privs chroot --userspec=${kNobody}:${kNobody} "$@"`;

const field = (status, name) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1];

async function container() {
  await inFolder(async (folder) => {
    const files = path.join(folder, 'image');
    await must([inTree('demo/container.sh'), '--files', files]);
    const gateway = spawn(
      'unshare',
      [
        ...['--mount', 'sh', '-c', kConfine, 'confine', files, '/usr/bin/floe-gateway'],
        ...['--insecure-dev', '--listen', '127.0.0.1:0', '--admin', '127.0.0.1:0'],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let output = '';
    for (const stream of [gateway.stdout, gateway.stderr])
      stream.on('data', (chunk) => (output += chunk));
    const ended = new Promise((resolve) => gateway.on('close', resolve));
    try {
      const line = await until(
        'it listens',
        () => /^\{"event":"listening".*$/m.exec(output)?.[0],
      ).catch((error) => assert.fail(`${error.message}: ${output}`));
      const { admin, pid } = JSON.parse(line);
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      assert.match(field(status, 'Uid'), new RegExp(`^${kNobody}\\s+${kNobody}`));
      assert.match(field(status, 'CapEff'), /^0+$/);
      assert.match(field(status, 'CapPrm'), /^0+$/);
      assert.equal(field(status, 'NoNewPrivs'), '1');
      const mounts = readFileSync(`/proc/${pid}/mountinfo`, 'utf8')
        .trim()
        .split('\n')
        .map((line) => line.split(' ').slice(4, 6));
      assert.deepEqual(mounts.map(([point]) => point).sort(), ['/', '/dev/urandom', '/proc']);
      assert.match(mounts.find(([point]) => point === '/')[1], /^ro,/);
      assert.equal((await get(`${admin}livez`)).status, 200);
      assert.equal((await get(`${admin}metrics`)).status, 200);
    } finally {
      gateway.kill('SIGTERM');
      assert.equal(await ended, 0, output);
    }
  });
}

export const confined = [
  ['the unit of systemd leaves little exposed', unit],
  ['the container starts without root, capabilities, and a place to write', container],
];
