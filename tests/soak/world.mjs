// Two machines in network namespaces, and a cable between them: the gateway's, and one for all the
// world, which has an address in a network of its own for every group of clients. There is no way out.
import { Namespaces, sweep } from '../netlab/namespaces.mjs';

export const kPort = 8080;
/// Where sockets of clients are bound.
export const kGatewayIp = '198.51.100.1';
/// Of echo peers; open by --allow.
export const kPeerIp = '203.0.113.1';
export const kPeers = '203.0.113.0/24';
/// A socket that looks like a peer and is none.
export const kStrangerIp = '203.0.113.66';
const kGroups = 20;
/// All of one /24: so many addresses cost an attacker nothing.
const kAttackers = Array.from({ length: 60 }, (_, host) => `198.18.200.${host + 1}`);

const ofGateway = (group) => `198.19.${group}.1`;
const ofClients = (group) => `198.18.${group}.1`;
const groups = Array.from({ length: kGroups }, (_, group) => group);

export class World {
  #namespaces = new Namespaces();

  constructor() {
    sweep();
    const namespaces = this.#namespaces;
    for (const name of ['gateway', 'world']) namespaces.add(name);
    namespaces.ip(
      'gateway',
      `link add world type veth peer name gateway netns ${namespaces.full('world')}`,
      'link set world up',
      ...[kGatewayIp, ...groups.map(ofGateway)].map((ip) => `addr add ${ip}/32 dev world`),
      'route add 198.18.0.0/16 dev world',
      `route add ${kPeers} dev world`,
    );
    namespaces.ip(
      'world',
      'link set gateway up',
      ...[kPeerIp, kStrangerIp, ...groups.map(ofClients), ...kAttackers].map(
        (ip) => `addr add ${ip}/32 dev gateway`,
      ),
      `route add ${kGatewayIp}/32 dev gateway src ${kPeerIp}`,
      // The address that a client dials decides which one it has itself.
      ...groups.map(
        (group) => `route add ${ofGateway(group)}/32 dev gateway src ${ofClients(group)}`,
      ),
    );
  }

  /// Where the groups of clients find the gateway.
  urls = (scheme) => groups.map((group) => `${scheme}://${ofGateway(group)}:${kPort}/tunnel`);

  /// Of the gateway, for its certificate.
  names = groups.map((group) => `IP:${ofGateway(group)}`).join(',');

  /// What an attacker has to know.
  target = {
    host: ofGateway(0),
    port: kPort,
    from: kAttackers,
    bound: kGatewayIp,
    peer: kPeerIp,
    stranger: kStrangerIp,
  };

  get folder() {
    return this.#namespaces.folder;
  }

  inside = (name) => this.#namespaces.inside(name);
  close = () => this.#namespaces.removeAll();
}
