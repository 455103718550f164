// What a client of the tunnel counts and measures.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/tunnel/records/drop_reason.h"
#include "floe/types/time.h"

namespace floe::tunnel {

struct ClientStats {
  std::uint64_t datagrams_sent = 0;  ///< taken for the uplink; those that had to wait among them
  std::uint64_t bytes_sent = 0;      ///< their payload
  std::uint64_t datagrams_received = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t sends_denied = 0;      ///< not even tried: the gateway had said no to that peer
  std::uint64_t strays = 0;            ///< received for a socket or peer that is not there any more
  std::uint64_t unknown_records = 0;   ///< skipped
  std::uint64_t errors = 0;            ///< ERROR records from the gateway
  DropCounters dropped;                ///< here, on the way up
  DropCounters dropped_by_gateway;     ///< as reported; of sockets that closed, too
  std::optional<Duration> round_trip;  ///< to the gateway, of the last PING
  std::optional<Duration> min_round_trip;  ///< the shortest so far
  /// What the tunnel added to the last datagram with a stamp; a round trip through the gateway
  /// minus both is the one between the gateway and the peer.
  std::optional<Duration> uplink_delay;
  std::optional<Duration> downlink_delay;
};

}  // namespace floe::tunnel
