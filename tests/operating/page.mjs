// The commands of demo/gateway/OPERATING.md, in order, as root of a machine of their own: a namespace
// whose /etc and /usr/local/bin are copies, with the page's address on loopback. There is no systemd in
// it; page_systemctl.sh starts what the unit says.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';
import { inFolder } from './operated.mjs';

const kPage = 'demo/gateway/OPERATING.md';

const kMachine = `set -eu
mount --make-rprivate /
mount -t proc proc /proc
mkdir "$1/etc" "$1/bin"
cp -a /etc/. "$1/etc/"
mount --bind "$1/etc" /etc
mount --bind "$1/bin" /usr/local/bin
cp tests/operating/page_systemctl.sh /usr/local/bin/systemctl
chmod 755 /usr/local/bin/systemctl
ip link set lo up
ip address add 198.51.100.1/32 dev lo
export PAGE_STATE="$1" PATH="/usr/local/bin:$PATH"
trap 'systemctl stop floe-gateway' EXIT
`;

/// What the page says of signals, tried after its commands.
const kAfterwards = `
systemctl reload floe-gateway
sed -i 's/2000/nonsense/' /etc/floe/gateway.toml
if systemctl reload floe-gateway; then exit 1; fi
systemctl stop floe-gateway
if curl --fail --silent http://127.0.0.1:9478/livez; then exit 1; fi
echo the end of the page
`;

async function commands() {
  await inFolder(async (folder) => {
    const text = readFileSync(inTree(kPage), 'utf8');
    const blocks = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block);
    const script = path.join(folder, 'page.sh');
    writeFileSync(script, `${kMachine}set -x\n${blocks.join('\n')}${kAfterwards}`);
    const { code, output } = await run(
      ['unshare', '--mount', '--net', '--pid', '--fork', '--kill-child', 'bash', script, folder],
      { seconds: 60 },
    );
    assert.match(output, /the end of the page/, output.slice(-1500).replaceAll('\n', ' | '));
    assert.equal(code, 0, output.slice(-1500));
    assert.match(output, /^floe_ready 1$/m);
    return `${blocks.join('').trim().split('\n').length} lines`;
  });
}

export const page = [["the commands of the operator's page work", commands]];
