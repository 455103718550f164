#include "data_path.h"

#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/channel_data.h"

namespace floe::turn {
namespace {

/// Section 11.5: "the server verifies that the type is either 3 or 11 for an ICMPv4 ... packet or
/// either 1, 2, or 3 for an ICMPv6 ... packet".
bool is_relayed(const Icmp& error, Family family) {
  if (family == Family::ipv4) return error.type == 3 || error.type == 11;
  return error.type >= 1 && error.type <= 3;
}

}  // namespace

DataPath::DataPath(ServerHost& host, const PeerPolicy& policy, AllocationTable& table,
                   Responder& responder, ServerCounters& counters)
    : host_(host), policy_(policy), table_(table), responder_(responder), counters_(counters) {}

Allocation* DataPath::find(const ClientPath& path) {
  Allocation* allocation = table_.find(path);
  if (allocation != nullptr && !allocation->pending) return allocation;
  ++counters_.no_allocation;
  return nullptr;
}

void DataPath::from_client(Timestamp now, const ClientPath& path, Bytes channel_data) {
  const auto data = ChannelData::parse(channel_data, kServedChannelMax);
  if (!data) {
    ++counters_.malformed;
    return;
  }
  Allocation* allocation = find(path);
  if (allocation == nullptr) return;
  // Section 12.6: "If the ChannelData message is received on a channel that is not bound to any
  // peer, then the message is silently discarded."
  const TransportAddress* peer = allocation->channels.peer_of(now, data->channel);
  if (peer == nullptr) {
    ++counters_.no_channel;
    return;
  }
  to_peer(now, *allocation, *peer, data->payload);
}

void DataPath::from_client(Timestamp now, const ClientPath& path,
                           const stun::MessageView& indication) {
  const auto peer = indication.get<XorPeerAddress>();
  const auto data = indication.get<Data>();
  // Section 11.2: an indication without its attributes is discarded, and one with DONT-FRAGMENT too
  // by a server that cannot set the bit.
  const bool is_understood =
      indication.unknown_types().empty() && !indication.has(stun::AttributeType::dont_fragment);
  if (!peer || !data || !is_understood) {
    ++counters_.malformed;
    return;
  }
  if (Allocation* allocation = find(path)) to_peer(now, *allocation, peer->address, data->payload);
}

void DataPath::to_peer(Timestamp now, Allocation& allocation, const TransportAddress& peer,
                       Bytes payload) {
  const auto& relay = allocation.relay_of(peer.ip.family());
  if (!relay) {
    ++counters_.no_relay_of_family;
    return;
  }
  if (!allocation.permissions.has(now, peer.ip)) {
    ++counters_.no_permission;
    return;
  }
  if (!policy_.allows(peer)) {
    ++counters_.forbidden;
    return;
  }
  ++counters_.to_peers;
  counters_.to_peers_bytes += payload.size();
  // Data for another client of this server does not pass through the network: behind a 1:1 NAT the
  // server cannot reach its own advertised addresses.
  if (const auto other = table_.relay_at(peer)) {
    ++counters_.in_process;
    from_peer(now, *other, relay->advertised, payload);
  } else {
    host_.send_to_peer(relay->id, peer, payload);
  }
}

const Allocation* DataPath::find_for(Timestamp now, RelayId relay, const TransportAddress& peer) {
  const Allocation* allocation = table_.owner_of(relay);
  if (allocation == nullptr || allocation->pending) {
    ++counters_.no_allocation;
    return nullptr;
  }
  // Section 11.3: data from a peer without a permission is discarded.
  if (!allocation->permissions.has(now, peer.ip)) {
    ++counters_.no_permission;
    return nullptr;
  }
  // A permission is for all ports. What ICMP says of a denied one would tell a client which ports
  // are in use.
  if (!policy_.allows(peer)) {
    ++counters_.forbidden;
    return nullptr;
  }
  return allocation;
}

void DataPath::from_peer(Timestamp now, RelayId relay, const TransportAddress& peer,
                         Bytes payload) {
  const Allocation* allocation = find_for(now, relay, peer);
  if (allocation == nullptr) return;
  ++counters_.to_clients;
  counters_.to_clients_bytes += payload.size();
  if (const auto channel = allocation->channels.number_of(now, peer)) {
    responder_.send_channel_data(allocation->path, *channel, payload);
  } else {
    responder_.send_data_indication(allocation->path, peer, payload);
  }
}

/// Section 11.5: not the sender of the ICMP packet is looked for among the permissions, but the
/// destination of the packet in it: "only addresses are compared and port numbers are not
/// considered".
void DataPath::error_from_peer(Timestamp now, RelayId relay, const TransportAddress& peer,
                               const Icmp& error) {
  if (!is_relayed(error, peer.ip.family())) return;
  const Allocation* allocation = find_for(now, relay, peer);
  if (allocation == nullptr) return;
  ++counters_.errors_to_clients;
  responder_.send_data_indication(allocation->path, peer, error);
}

}  // namespace floe::turn
