// The kinds of network of the matrix: how each is built, what RFC 5780 and RFC 3489 call it, and who
// can reach whom through it without a relay.

const kCarriers = {
  hairpin: { name: 'carrier-h', number: 1, router: 'full-cone-hairpin' },
  plain: { name: 'carrier', number: 2, router: 'full-cone' },
};

/// `open` tells which senders reach it over IPv4, once it has sent to an address and port:
///   all         any sender
///   address     that address, from any port
///   port        only that address and port; all destinations see the same outer port
///   symmetric   only that address and port; each destination sees a different outer port
/// `nat` is the result that `floe nat` must print. `relayedOver` are the only transports that lead to a
/// relay where UDP does not.
export const kNetworkKinds = {
  public: { open: 'all', isPublic: true, families: [4] },
  'full-cone': {
    open: 'all',
    router: 'full-cone',
    nat: ['endpoint-independent', 'endpoint-independent', 'full cone'],
  },
  'address-restricted': {
    open: 'address',
    router: 'address-restricted',
    nat: ['endpoint-independent', 'address-dependent', 'restricted cone'],
  },
  'port-restricted': {
    open: 'port',
    router: 'port-restricted',
    nat: ['endpoint-independent', 'address-and-port-dependent', 'port-restricted cone'],
  },
  symmetric: {
    open: 'symmetric',
    router: 'symmetric',
    nat: ['address-and-port-dependent', 'address-and-port-dependent', 'symmetric'],
  },
  'nested, hairpin': { open: 'port', router: 'port-restricted', carrier: kCarriers.hairpin },
  'nested, no hairpin': { open: 'port', router: 'port-restricted', carrier: kCarriers.plain },
  'short bindings': { open: 'port', router: 'port-restricted', bindingSeconds: [3, 7] },
  loss: { open: 'port', router: 'lossy' },
  'late, reordered': { open: 'port', router: 'port-restricted', delay: ['20', '20', '0'] },
  'IPv6 firewall': { router: 'ipv6-firewall', families: [6] },
  'IPv6 and symmetric': {
    open: 'symmetric',
    router: 'symmetric-and-ipv6-firewall',
    families: [4, 6],
  },
  'UDP blocked': { router: 'udp-blocked', relayedOver: ['tcp', 'tls'] },
  'only 443': { router: 'only-443', relayedOver: ['tls'] },
};

const families = (kind) => kind.families ?? [4];

/// A pair of addresses lets both through once both have sent: the punching matrix.
function punches(left, right) {
  if (!left.open || !right.open) return false;
  const opens = [left.open, right.open];
  if (opens.includes('symmetric')) return opens.includes('all') || opens.includes('address');
  return true;
}

/// Two customers of one carrier see each other only at the carrier's outer address.
const needsHairpin = (left, right) => left.carrier !== undefined && left.carrier === right.carrier;

/// Whether agents in networks of these kinds meet without a relay.
export function meetDirectly(left, right) {
  if (families(left).includes(6) && families(right).includes(6)) return true;
  if (needsHairpin(left, right)) return left.carrier.router === 'full-cone-hairpin';
  return punches(left, right);
}

/// Builds a home for each of `names`, which are kinds, called `prefix` and a number from `first`;
/// resolves to the names of the machines by kind.
export async function addHomes(lab, names, prefix, first) {
  const homes = new Map();
  for (const [index, name] of names.entries()) {
    const kind = kNetworkKinds[name];
    const [home, number] = [`${prefix}${index}`, first + index];
    homes.set(name, home);
    if (kind.isPublic) {
      lab.addMachine(home, [10 + number], [4]);
      continue;
    }
    if (kind.carrier && !lab.names.includes(kind.carrier.name)) {
      lab.addCarrier(kind.carrier.name, kind.carrier.number, kind.carrier);
    }
    lab.addHome(home, number, kind);
    if (kind.delay) await lab.slowDown(home, number, kind, kind.delay);
  }
  return homes;
}

/// The IPv4 address of the machine of this kind on the right, of networks as buildNetworks() gives them.
export function addressIn({ names, rightFirst }, kind) {
  const number = rightFirst + names.indexOf(kind);
  return kNetworkKinds[kind].isPublic ? `198.51.100.${10 + number}` : `10.${number}.0.2`;
}
