// What stands on the public segment: coturn as STUN and TURN server, and the gateway, where agents
// find each other.
import { LineProcess } from '../../demo/runner/process.mjs';
import { binary } from '../runner/tree.mjs';
import { makeCertificate } from './certificate.mjs';
import { kAccess, kAddresses, startCoturn, stunUri, turnUri } from './coturn.mjs';

/// Whether agents are given TURN servers, and so meet everywhere. Until they take some, cells of the
/// matrix that need a relay are expected to stay apart.
export const kAgentsRelay = false;

/// What an agent in a network of this kind is told: STUN and TURN over UDP, and where UDP does not
/// pass, TURN over TCP and TLS besides.
export function serverOptions(kind, authority) {
  const families = kind.families ?? [4];
  const options = families.flatMap((family) => ['--stun', stunUri(family)]);
  if (!kAgentsRelay) return options;
  const { user, password } = kAccess.longTerm.credentials();
  const blocked = kind.router === 'udp-blocked' || kind.router === 'only-443';
  for (const transport of blocked ? ['udp', 'tcp', 'tls'] : ['udp']) {
    options.push('--turn', turnUri(transport, families[0]), '--turn-user', user, '--turn-pass', password);
  }
  return blocked ? [...options, '--tls-ca', authority] : options;
}

const kGateway = '198.51.100.4';
const kToken = 'the token of the lab';

/// {authority: file to trust, coturn, gateway}, until the lab is closed.
export async function startServers(lab) {
  const certificate = makeCertificate(lab.folder, [...kAddresses[4], ...kAddresses[6]]);
  const coturn = await startCoturn(lab, { access: kAccess.longTerm, certificate, families: [4, 6] });
  return { authority: certificate.authority, coturn, gateway: await startGateway(lab) };
}

async function startGateway(lab) {
  const options = ['--listen', `${kGateway}:8080`, '--bind', kGateway];
  const command = [...lab.inside('g'), binary('floe-gateway'), ...options];
  const gateway = new LineProcess('gateway', command, { env: { FLOE_GATEWAY_SECRET: kToken } });
  await gateway.line(({ event }) => event === 'listening', 5, 'listen');
  return gateway;
}

/// What an agent is told to meet another one in a room of the gateway.
export const roomOptions = (room) => ['--signal', `ws://${kGateway}:8080/signal/${room}`, '--token', kToken];
