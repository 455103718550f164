// What a NAT of the lab does, as rules for nft(8). Its interfaces are called lan and wan.

// Only replies come in. Without the input chain a peer's early packet would make an entry of its own
// for the tuple, and masquerading would have to pick another port for what goes out.
const kStateful = `
table ip filter {
 chain passing {
  type filter hook forward priority 0; policy drop;
  ct state established,related accept
  ct status dnat accept
  iifname "lan" accept
 }
 chain own {
  type filter hook input priority 0; policy drop;
  ct state established,related accept
  iifname { "lan", "lo" } accept
  meta l4proto icmp accept
 }
}
`;

const masquerading = (how) => `
table ip nat {
 chain outgoing {
  type nat hook postrouting priority 100;
  oifname "wan" ${how}
 }
}
`;

const kNats = {
  // The kernel keeps the port while it can: endpoint-independent mapping, and filtering by address
  // and port.
  'port-restricted': kStateful + masquerading('masquerade'),
  // Another port for each destination.
  symmetric: kStateful + masquerading('meta l4proto { tcp, udp } masquerade random'),
};

export function natRules(kind) {
  if (!kNats[kind]) throw new Error(`the lab has no NAT "${kind}": ${Object.keys(kNats).join(', ')}`);
  return kNats[kind];
}
