// The sizes of the programs and the package. The suite fails when a size is above its limit.
// needs: native wasm js
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { buildPackage, buildPrograms } from '../runner/build.mjs';
import { must } from '../runner/shell.mjs';
import { binary, inTree } from '../runner/tree.mjs';

const kB = 1000;
const kLimits = [
  // The protocols, TURN among them, and 4 kB for the same JSON reader as natively: 87. DTLS with its
  // certificates: 44 to 52. Whatever comes has to make room: a page loads it all before the first check.
  ['floe.wasm', inTree('js/dist/floe.wasm'), 142 * kB],
  // 2 kB of it are connect(), which finds its peer again; 0.8 where sockets come from, what came before
  // the first listener, and errors that tell a refusal from an absence; 1 what W3C's texts refuse at once;
  // 0.3 what members of a room offer and seek; 0.6 how datagrams are encrypted; 0.2 the seam for channels;
  // 0.8 the direct way beside the gateway, or alone, but for its script.
  ['loader and API for pages', inTree('js/dist/index.js'), 17.6 * kB],
  ['direct way', inTree('js/dist/direct.js'), 8 * kB],
  ['words about the local network', inTree('js/dist/local-network.js'), 1 * kB],
  ['direct way by RtcTransport', inTree('js/dist/rtc-transport.js'), 3 * kB],
  ['floe-channels.wasm', inTree('js/dist/floe-channels.wasm'), 120 * kB],
  ['API for channels', inTree('js/dist/channels.js'), 7 * kB],
  ['SDP', inTree('js/dist/sdp.js'), 5 * kB],
  ['worker', inTree('js/dist/worker.js'), 12 * kB],
];

const brotli = (file) => brotliCompressSync(readFileSync(file)).length;

async function textSize(file) {
  const total = (await must(['size', '-t', file])).trim().split('\n').at(-1);
  return Number(total.trim().split(/\s+/)[0]);
}

export async function run() {
  await buildPrograms();
  await buildPackage();
  const results = [];
  for (const [name, file, limit] of kLimits) {
    const size = brotli(file);
    console.log(
      `${name.padEnd(28)} ${statSync(file).size} bytes, ${size} in brotli (at most ${limit})`,
    );
    results.push(
      size <= limit ? { name, passed: 1 } : { name, failed: 1, why: `${size} > ${limit}` },
    );
  }
  for (const archive of ['core/libfloe_core.a', 'native/libfloe_native.a']) {
    console.log(
      `${path.basename(archive).padEnd(28)} ${await textSize(inTree('build', archive))} bytes of code`,
    );
  }
  for (const name of ['floe', 'floe-gateway', 'floe-device']) {
    console.log(`${name.padEnd(28)} ${statSync(binary(name)).size} bytes`);
  }
  return results;
}
