// What each feature adds to the libraries: by module as they are linked, and by leaving DTLS out.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { must } from '../../runner/shell.mjs';
import { inTree } from '../../runner/tree.mjs';
import { linkedPieces, ownerOf } from './link_map.mjs';

/// Each is the modules and files that nothing else needs.
const kFeatures = [
  {
    name: 'DTLS',
    figure: 'dtls',
    file: /floe_dtls|floe_peer\.dir\S*(dtls|words|authentication|word_list|hex)/,
  },
  { name: 'TURN client', figure: 'turn', file: /floe_turn\.|floe_ice\.dir\S*\/(relay|turn)/ },
  { name: 'mDNS', figure: 'mdns', file: /floe_mdns\.|floe_net\.dir\S*(mdns|multicast)/ },
  { name: 'SDP', figure: 'sdp', file: /floe_sdp\./ },
  { name: 'signalling, JSON, rooms', figure: 'signal', file: /floe_(signal|json)\./ },
  {
    name: 'the gateway as host (tunnel)',
    figure: 'tunnel',
    file: /floe_(native_tunnel|tunnel_\w+)\./,
  },
  { name: 'HTTP and WebSocket', figure: 'lws', file: /floe_lws\./ },
  { name: 'the C API', figure: 'c', file: /floe_c(_host)?\./ },
];

const kLibraries = [
  ['mbedTLS: records and handshakes', 'mbedtls'],
  ['mbedTLS: certificates', 'mbedx509'],
  ['mbedTLS: cryptography', 'mbedcrypto'],
  ['libwebsockets', 'websockets'],
];

const kModules = JSON.parse(readFileSync(inTree('cmake/modules.json'), 'utf8'))
  .filter(({ archive }) => archive === 'core' || archive === 'native')
  .map(({ name }) => name);

const sum = (pieces) => pieces.reduce((bytes, piece) => bytes + piece.bytes, 0);

/// libfloe.so, built small, and the pieces it is linked from.
async function nativeLibrary(tree, dtls) {
  await must([
    'cmake',
    '--preset',
    'release',
    '-B',
    inTree(tree),
    '-DCMAKE_BUILD_TYPE=MinSizeRel',
    '-DCMAKE_UNITY_BUILD=OFF',
    `-DFLOE_DTLS=${dtls}`,
    '-DFLOE_TESTS=OFF',
    '-DFLOE_DEMO=OFF',
    '-DCMAKE_SHARED_LINKER_FLAGS=-Wl,-Map=%.map',
  ]);
  await must(['cmake', '--build', inTree(tree), '--target', 'floe_shared'], { seconds: 3000 });
  const map = readdirSync(inTree(tree)).find((name) => /^libfloe\.so.*\.map$/.test(name));
  return linkedPieces(inTree(tree, map));
}

/// floe.wasm, as a page loads it.
async function wasmModule(tree, dtls) {
  await must(['cmake', '--preset', 'wasm', '-B', inTree(tree), `-DFLOE_DTLS=${dtls}`]);
  await must(['cmake', '--build', inTree(tree), '--target', 'floe_wasm'], { seconds: 3000 });
  const file = inTree(tree, 'floe.wasm');
  return { bytes: statSync(file).size, brotli: brotliCompressSync(readFileSync(file)).length };
}

export async function measureFeatures() {
  const pieces = await nativeLibrary('build/features', 'ON');
  const figures = {
    total_bytes: sum(pieces),
    total_without_dtls_bytes: sum(await nativeLibrary('build/features-plain', 'OFF')),
  };
  for (const { figure, file } of kFeatures) {
    figures[`feature_${figure}`] = sum(pieces.filter((piece) => file.test(piece.file)));
  }
  for (const owner of [...kModules, ...kLibraries.map(([, library]) => library), 'others']) {
    figures[`module_${owner}`] = sum(pieces.filter(({ file }) => ownerOf(file) === owner));
  }
  const page = await wasmModule('build/wasm', 'ON');
  const plainPage = await wasmModule('build/wasm-plain', 'OFF');
  return {
    ...figures,
    wasm_bytes: page.bytes,
    wasm_brotli: page.brotli,
    wasm_without_dtls_bytes: plainPage.bytes,
    wasm_without_dtls_brotli: plainPage.brotli,
  };
}

const row = (name, figure, without) => ({
  name,
  unit: 'bytes',
  ours: `features.${figure}`,
  ...(without ? { beside: { 'without DTLS': `features.${without}` } } : {}),
});

export const features = () => ({
  id: 'features',
  title:
    'Code by feature: the shared library with the C API, built with -Os, and the module of pages',
  note:
    'code and constants as they are linked; what several features need is in none of them.\n' +
    '  A module is what cmake/modules.json lists; mbedTLS also serves TLS and the MACs of STUN',
  rounds: 1,
  runs: { features: measureFeatures },
  rows: [
    row('libfloe.so', 'total_bytes', 'total_without_dtls_bytes'),
    row('floe.wasm', 'wasm_bytes', 'wasm_without_dtls_bytes'),
    row('floe.wasm in brotli', 'wasm_brotli', 'wasm_without_dtls_brotli'),
    ...kFeatures.map(({ name, figure }) => row(name, `feature_${figure}`)),
    ...kModules.map((name) => row(`module ${name}`, `module_${name}`)),
    ...kLibraries.map(([name, library]) => row(name, `module_${library}`)),
    row('the runtime of C++ and the linker', 'module_others'),
  ],
});
