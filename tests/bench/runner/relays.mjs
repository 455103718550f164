// The programs that relay between their clients and UDP, each to be started on a core of its own. What
// starts one resolves to a server for load(), with what gateway-bench needs to speak with it.
import path from 'node:path';
import { selfSigned } from '../../operating/operated.mjs';
import { installPackages, versionOf } from '../../runner/npm.mjs';
import { binary, inTree } from '../../runner/tree.mjs';
import { freePort, startCoturn, startGateway, startListening } from './servers.mjs';

const kPeers = inTree('tests/bench/peers');

/// Gateways of npm are taken by the versions of a lock file; says which.
export async function installRelays() {
  await installPackages(kPeers);
  const names = ['ws', '@mercuryworkshop/wisp-js'];
  return names.map((name) => `${name} ${versionOf(kPeers, name)}`).join(', ');
}

export async function floe(directory, options = []) {
  const server = await startGateway(directory, { port: await freePort(), options, alone: true });
  return { ...server, speaks: {} };
}

export async function floeOverTls(directory) {
  const { certificate, key } = selfSigned(directory);
  const server = await floe(directory, ['--tls-certificate', certificate, '--tls-key', key]);
  return { ...server, speaks: { tls: 1 } };
}

const plain = (segments) => async (directory) => {
  const port = await freePort();
  const command = [binary('plain-gateway'), 'serve', `port=${port}`, `segments=${segments}`];
  const server = await startListening(directory, command, { port, alone: true });
  return { ...server, speaks: { addressed: 1 } };
};
export const floor = plain(0);
export const floorInSegments = plain(1);

const ofNode = (file, protocol) => async (directory) => {
  const port = await freePort();
  const command = [process.execPath, path.join(kPeers, file), `${port}`];
  const server = await startListening(directory, command, { port, alone: true });
  return { ...server, speaks: { [protocol]: 1 } };
};
export const byHand = ofNode('by_hand.mjs', 'addressed');
export const wisp = ofNode('wisp.mjs', 'wisp');

export async function byHandOverTls(directory) {
  const port = await freePort();
  const { certificate, key } = selfSigned(directory);
  const file = path.join(kPeers, 'by_hand.mjs');
  const command = [process.execPath, file, `${port}`, certificate, key];
  const server = await startListening(directory, command, { port, alone: true });
  return { ...server, speaks: { addressed: 1, tls: 1 } };
}

const coturn = (leg) => async (directory) => ({
  ...(await startCoturn(directory, { alone: true })),
  speaks: { [leg]: 1 },
});
export const coturnTcp = coturn('turn_tcp');
export const coturnUdp = coturn('turn_udp');
