// Counters and measurements of a tunnel's client.
#pragma once

#include <cstdint>
#include <optional>

#include "floe/tunnel/records/drop_reason.h"
#include "floe/types/time.h"

namespace floe::tunnel {

struct ClientStats {
  std::uint64_t datagrams_sent = 0;  ///< accepted for the uplink, also when they had to wait
  std::uint64_t bytes_sent = 0;      ///< payload bytes of these datagrams
  std::uint64_t datagrams_received = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t sends_denied = 0;       ///< not sent, because the gateway denies that peer
  std::uint64_t strays = 0;             ///< received for a socket or peer that is closed or unknown
  std::uint64_t unknown_records = 0;    ///< skipped
  std::uint64_t errors = 0;             ///< ERROR records from the gateway
  std::uint16_t max_datagram_size = 0;  ///< the gateway's, in bytes; 0 before it has answered
  DropCounters dropped;                 ///< by this client, on the uplink
  DropCounters dropped_by_gateway;      ///< as the gateway reports, closed sockets included
  std::optional<Duration> round_trip;   ///< to the gateway, from the last PING
  std::uint64_t round_trips = 0;        ///< how many were measured
  /// The delay that the tunnel added to the last datagram with a stamp. A round trip through the
  /// gateway minus both delays is the round trip between the gateway and the peer.
  std::optional<Duration> uplink_delay;
  std::optional<Duration> downlink_delay;
};

}  // namespace floe::tunnel
