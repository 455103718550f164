// The path of application data through a server, in both directions. Nothing here allocates memory;
// a datagram costs one lookup by its path or its relay, and one in the tables of its allocation.
#pragma once

#include "allocation_table.h"
#include "floe/stun/message_view.h"
#include "floe/turn_server/peer_policy.h"
#include "responder.h"

namespace floe::turn {

class DataPath {
 public:
  DataPath(ServerHost& host, const PeerPolicy& policy, AllocationTable& table, Responder& responder,
           ServerCounters& counters);

  /// ChannelData (RFC 8656, section 12.6).
  void from_client(Timestamp now, const ClientPath& path, Bytes channel_data);
  /// A Send indication (section 11.2).
  void from_client(Timestamp now, const ClientPath& path, const stun::MessageView& indication);
  /// A datagram that a peer sent to a relay (sections 11.3 and 12.7).
  void from_peer(Timestamp now, RelayId relay, const TransportAddress& peer, Bytes payload);
  /// An ICMP packet about a datagram that a relay sent to a peer (section 11.5).
  void error_from_peer(Timestamp now, RelayId relay, const TransportAddress& peer,
                       const Icmp& error);

 private:
  void to_peer(Timestamp now, Allocation& allocation, const TransportAddress& peer, Bytes payload);
  /// The allocation of `path`, if it relays already.
  Allocation* find(const ClientPath& path);
  /// The allocation of `relay`, if it has a permission for the peer.
  const Allocation* find_for(Timestamp now, RelayId relay, const TransportAddress& peer);

  ServerHost& host_;
  const PeerPolicy& policy_;
  AllocationTable& table_;
  Responder& responder_;
  ServerCounters& counters_;
};

}  // namespace floe::turn
