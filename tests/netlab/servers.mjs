// The servers on the public segment: coturn, and the gateway, where agents find each other. Both are
// STUN and TURN servers.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { LineProcess } from '../../demo/runner/process.mjs';
import { binary } from '../runner/tree.mjs';
import { makeCertificate } from './certificate.mjs';
import {
  host,
  kAccess,
  kAddresses,
  kPort,
  kTlsPort,
  startCoturn,
  stunUri,
  turnUri,
} from './coturn.mjs';

/// Options for an agent in a network of this kind, about the servers on `machine`: STUN and TURN over
/// UDP and, where UDP does not pass, also TURN over TCP and TLS.
export function serverOptions(kind, authority, machine = 's') {
  const families = kind.families ?? [4];
  const options = families.flatMap((family) => ['--stun', stunUri(family, machine)]);
  const { user, password } = kAccess.longTerm.credentials();
  const blocked = kind.relayedOver !== undefined;
  for (const transport of blocked ? ['udp', 'tcp', 'tls'] : ['udp']) {
    options.push(
      '--turn',
      turnUri(transport, families[0], machine),
      '--turn-user',
      user,
      '--turn-pass',
      password,
    );
  }
  return blocked ? [...options, '--tls-ca', authority] : options;
}

const kGateway = kAddresses.g[4][0];
export const kToken = 'the token of the lab';
export const kGatewayUrl = `http://${kGateway}:8080`;

/// {authority: file to trust, plain, strict: coturn, gateway}, until the lab is closed. `plain`, on the
/// machine `s`, has permanent users. `strict`, on `t`, has time-limited users, and its nonces expire
/// after a second. `documents` is a folder that the gateway serves.
export async function startServers(lab, { documents } = {}) {
  const addresses = Object.values(kAddresses).flatMap((each) => [...each[4], ...each[6]]);
  const certificate = makeCertificate(lab.folder, addresses);
  const all = { certificate, families: [4, 6] };
  const [plain, strict, gateway] = await Promise.all([
    startCoturn(lab, { machine: 's', access: kAccess.longTerm, ...all }),
    startCoturn(lab, { machine: 't', access: kAccess.timeLimited, staleNonceSeconds: 1, ...all }),
    startGateway(lab, certificate, documents),
  ]);
  return { authority: certificate.authority, plain, strict, gateway };
}

/// Its policy must admit the peers of the lab, whose addresses are reserved ranges.
async function startGateway(lab, certificate, documents) {
  const addresses = [...kAddresses.g[4], ...kAddresses.g[6]];
  const at = (port) => addresses.map((address) => `${host(address)}:${port}`);
  const { user, password } = kAccess.longTerm.credentials();
  const users = path.join(lab.folder, 'gateway.users');
  writeFileSync(users, `${user}:${password}\n`);
  const turn = [
    '--turn',
    ...at(kPort),
    '--turns',
    ...at(kTlsPort),
    '--turn-users',
    users,
    '--turn-relay',
    ...addresses,
  ];
  const { certificate: chain, key } = certificate;
  const tls = ['--tls-certificate', chain, '--tls-key', key, '--plain-http'];
  const options = [
    '--listen',
    `${kGateway}:8080`,
    '--bind',
    kGateway,
    '--allow-private',
    '--accept-secret',
    '--allow',
    '198.51.100.0/24',
    '2001:db8::/32',
    ...(documents ? ['--documents', documents] : []),
    ...turn,
    ...tls,
  ];
  const command = [...lab.inside('g'), binary('floe-gateway'), ...options];
  const gateway = new LineProcess('gateway', command, { env: { FLOE_GATEWAY_SECRET: kToken } });
  await gateway.line(({ event }) => event === 'listening', 5, 'listen');
  return gateway;
}

/// Options for an agent that meets another one in a room of the gateway.
export const roomOptions = (room) => [
  '--signal',
  `ws://${kGateway}:8080/signal/${room}`,
  '--token',
  kToken,
];
