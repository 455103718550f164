// The behaviour of a router of the lab, as rules for nft(8). Its interfaces are called lan and wan.

/// The share of datagrams that a lossy router drops, in each direction. An agent asks a STUN server
/// four times before it goes on without a mapped address: at 10 % loss, one agent in 800 would.
export const kLossPercent = 3;

/// Only replies come in. Without the input chain, a peer's early packet would make a separate entry
/// for the tuple, and masquerading would have to pick another port for outgoing packets. `outgoing`
/// selects the packets from inside that may leave; `lost` drops packets before that.
const stateful = ({ outgoing = '', lost = '' } = {}) => `
table ip filter {
 chain passing {
  type filter hook forward priority 0; policy drop;
  ${lost}
  ct state established,related accept
  ct status dnat accept
  iifname "lan" ${outgoing} accept
 }
 chain own {
  type filter hook input priority 0; policy drop;
  ct state established,related accept
  iifname { "lan", "lo" } accept
  meta l4proto icmp accept
 }
}
`;

/// The usual IPv6 filter of a home router: addresses do not change, and strangers stay outside.
const kStatefulIpv6 = `
table ip6 filter {
 chain passing {
  type filter hook forward priority 0; policy drop;
  ct state established,related accept
  iifname "lan" accept
  meta l4proto ipv6-icmp accept
 }
}
`;

/// The usual firewall of a machine itself, without a router: answers come in, and what is sent to the
/// group of multicast DNS.
export const kHostFirewall = `
table inet filter {
 chain own {
  type filter hook input priority 0; policy drop;
  ct state established,related accept
  iifname "lo" accept
  ip daddr 224.0.0.251 udp dport 5353 accept
  meta l4proto { icmp, igmp } accept
 }
}
`;

/// `masquerade` alone: the kernel keeps the port while it can, which is endpoint-independent
/// mapping with filtering by address and port.
const masquerading = () => `
table ip nat {
 chain leaving {
  type nat hook postrouting priority 100;
  oifname "wan" masquerade
 }
}
`;

/// The servers of the lab (lab.mjs), with their relays.
const kServers = '198.51.100.2-198.51.100.6';

/// Another outer port for each destination. The ports that servers see are never those that peers see:
/// by chance a mapping to a peer could get the port of one to a server, which the peer was told, and
/// the two would meet without a relay, as once in hundreds of runs they did.
const symmetric = () => `
table ip nat {
 chain leaving {
  type nat hook postrouting priority 100;
  oifname "wan" meta l4proto { tcp, udp } ip daddr ${kServers} masquerade to :1024-32767 random
  oifname "wan" meta l4proto { tcp, udp } masquerade to :32768-65535 random
 }
}
`;

/// A packet to an outer port reaches the inside machine that last sent from that port. The kernel
/// does not keep the owner of a port, so the map `owner` learns it after translation, where each
/// packet leaves. With `known`, only senders to which the port has sent before come in; `entering`
/// and `leaving` are for hairpins.
const cone = ({ wan, known = false, entering = 'iifname "wan"', leaving = '' }) => `
table ip nat {
 map owner {
  typeof udp dport : ip daddr . udp dport; flags dynamic,timeout; timeout 300s; size 65535;
 }
 set partner {
  typeof udp dport . ip saddr; flags dynamic,timeout; timeout 300s; size 65535;
 }
 chain entering {
  type nat hook prerouting priority -100;
  ${entering} ip daddr ${wan} ${known ? 'udp dport . ip saddr @partner' : ''} dnat ip to udp dport map @owner
 }
 chain leaving {
  type nat hook postrouting priority 100;
  oifname "wan" masquerade
  ${leaving}
 }
 chain learning {
  type filter hook postrouting priority 110;
  oifname "wan" meta l4proto udp ct direction original update @owner { udp sport : ct original ip saddr . ct original proto-src }
  oifname "wan" meta l4proto udp update @partner { udp sport . ip daddr }
 }
}
`;

/// A machine inside also reaches its neighbours at their outer address, and they see its own outer
/// address. (At this hook, only the source address shows that a packet comes from lan.)
const hairpin = (wan) => ({
  entering: '',
  leaving: `oifname "lan" ip saddr { 10.0.0.0/8, 100.64.0.0/10 } ct status dnat snat to ${wan}`,
});

const kRouters = {
  'full-cone': ({ wan }) => stateful() + cone({ wan }),
  'full-cone-hairpin': ({ wan }) => stateful() + cone({ wan, ...hairpin(wan) }),
  'address-restricted': ({ wan }) => stateful() + cone({ wan, known: true }),
  'port-restricted': () => stateful() + masquerading(),
  symmetric: () => stateful() + symmetric(),
  'udp-blocked': () => stateful({ outgoing: 'meta l4proto tcp' }) + masquerading(),
  'only-443': () => stateful({ outgoing: 'tcp dport 443' }) + masquerading(),
  lossy: () =>
    stateful({ lost: `meta l4proto udp numgen random mod 100 < ${kLossPercent} drop` }) +
    masquerading(),
  'ipv6-firewall': () => kStatefulIpv6,
  'symmetric-and-ipv6-firewall': (router) => kRouters.symmetric(router) + kStatefulIpv6,
};

/// For a router whose outer address is `wan`.
export function natRules(kind, wan) {
  if (!kRouters[kind])
    throw new Error(`the lab has no router "${kind}": ${Object.keys(kRouters).join(', ')}`);
  return kRouters[kind]({ wan });
}
