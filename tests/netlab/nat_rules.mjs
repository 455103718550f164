// What a router of the lab does, as rules for nft(8). Its interfaces are called lan and wan.

/// Of the datagrams that a lossy router takes, either way. An agent asks a STUN server four times
/// before it goes on without a mapped address: at 10 % one in 800 would.
export const kLossPercent = 3;

/// Only replies come in. Without the input chain a peer's early packet would make an entry of its
/// own for the tuple, and masquerading would have to pick another port for what goes out.
/// `outgoing` says what of the inside's packets may leave, `lost` what is thrown away before.
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

/// As every home router filters IPv6: addresses stay, strangers stay outside.
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

/// `masquerade` alone: the kernel keeps the port while it can, which is endpoint-independent
/// mapping with filtering by address and port. `random`: another port for each destination.
const masquerading = (how = 'masquerade') => `
table ip nat {
 chain leaving {
  type nat hook postrouting priority 100;
  oifname "wan" ${how}
 }
}
`;

/// Whoever sends to a port from which something once left reaches who sent it. The kernel forgets
/// nothing of a flow but the port's owner, so the map learns it after translation, where each packet
/// leaves. `known` narrows this to those who were sent to; `entering` and `leaving` are for hairpins.
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

/// Also who is inside reaches its neighbours at their outer address, and is seen at its own. (That
/// the packet comes from lan shows at this hook by its address only.)
const hairpin = (wan) => ({
  entering: '',
  leaving: `oifname "lan" ip saddr { 10.0.0.0/8, 100.64.0.0/10 } ct status dnat snat to ${wan}`,
});

const kRouters = {
  'full-cone': ({ wan }) => stateful() + cone({ wan }),
  'full-cone-hairpin': ({ wan }) => stateful() + cone({ wan, ...hairpin(wan) }),
  'address-restricted': ({ wan }) => stateful() + cone({ wan, known: true }),
  'port-restricted': () => stateful() + masquerading(),
  symmetric: () => stateful() + masquerading('meta l4proto { tcp, udp } masquerade random'),
  'udp-blocked': () => stateful({ outgoing: 'meta l4proto tcp' }) + masquerading(),
  'only-443': () => stateful({ outgoing: 'tcp dport 443' }) + masquerading(),
  lossy: () =>
    stateful({ lost: `meta l4proto udp numgen random mod 100 < ${kLossPercent} drop` }) + masquerading(),
  'ipv6-firewall': () => kStatefulIpv6,
  'symmetric-and-ipv6-firewall': (router) => kRouters.symmetric(router) + kStatefulIpv6,
};

/// For a router whose outer address is `wan`.
export function natRules(kind, wan) {
  if (!kRouters[kind]) throw new Error(`the lab has no router "${kind}": ${Object.keys(kRouters).join(', ')}`);
  return kRouters[kind]({ wan });
}
