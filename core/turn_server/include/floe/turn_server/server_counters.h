// The counters of the messages that a server received.
#pragma once

#include <cstdint>

namespace floe::turn {

struct ServerCounters {
  std::uint64_t allocated = 0;  ///< allocations that were answered with success
  std::uint64_t refused = 0;    ///< requests that were answered with an error, challenges included

  // Relayed: one for each datagram that was handed on.
  std::uint64_t to_peers = 0;
  std::uint64_t to_peers_bytes = 0;  ///< of payload
  std::uint64_t to_clients = 0;
  std::uint64_t to_clients_bytes = 0;
  std::uint64_t errors_to_clients = 0;  ///< errors of ICMP
  std::uint64_t in_process = 0;         ///< of `to_peers`: to another client of this server

  // Lost: one for each datagram that went nowhere.
  std::uint64_t malformed = 0;      ///< neither STUN nor ChannelData
  std::uint64_t ignored = 0;        ///< STUN that a server does not answer
  std::uint64_t unanswered = 0;     ///< beyond the limits for unauthenticated sources: rate or size
  std::uint64_t no_allocation = 0;  ///< data of a client that has none
  std::uint64_t no_channel = 0;     ///< data for a channel that is not bound
  std::uint64_t no_permission = 0;  ///< from a peer, or to one, without permission
  std::uint64_t forbidden = 0;      ///< to or from a peer that the policy denies
  std::uint64_t too_long = 0;       ///< from a peer: there is no room for a header
  std::uint64_t no_relay_of_family = 0;  ///< to a peer of a family that was not allocated
};

}  // namespace floe::turn
