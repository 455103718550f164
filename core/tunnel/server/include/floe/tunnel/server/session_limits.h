// The limits that a server grants one session. Defaults suit a page with one ICE agent.
#pragma once

#include <cstdint>

#include "floe/api/datagram_socket.h"
#include "floe/tunnel/records/limits.h"
#include "floe/types/time.h"

namespace floe::tunnel {

struct SessionLimits {
  std::uint16_t max_sockets = 8;             ///< at least 1
  std::uint16_t max_peers_per_socket = 256;  ///< with a short id
  std::uint16_t max_datagram_size = static_cast<std::uint16_t>(kMaxDatagramSize);
  std::uint16_t lookups_per_second = 16;      ///< lookups of host names
  std::uint16_t max_connections = 4;          ///< TCP connections, closing ones included
  std::uint32_t uplink_window = 256u * 1024;  ///< bytes; at least kMinUplinkWindow
  Duration hello_timeout = std::chrono::seconds(3);
  /// How often a client sends a PING. Proxies close a connection that is idle for 60 s.
  Duration keep_alive_interval = std::chrono::seconds(20);
};

/// A session ends when nothing came from its client for this many keep-alive intervals.
inline constexpr int kMissedKeepAlives = 3;
/// Changed drop counters are reported this often.
inline constexpr Duration kDropReportInterval = std::chrono::seconds(1);

}  // namespace floe::tunnel
