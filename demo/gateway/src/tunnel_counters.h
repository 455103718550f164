// What the tunnels of one worker have carried, since the start.
#pragma once

#include <array>
#include <cstdint>

#include "floe/tunnel/records/drop_reason.h"
#include "floe/tunnel/server/server_session.h"

namespace floe::gateway {

struct TunnelCounters {
  std::uint64_t sessions = 0;  ///< admitted
  std::uint64_t datagrams_out = 0;
  std::uint64_t datagrams_in = 0;
  std::uint64_t datagrams_dropped = 0;
  /// In the order of tunnel::DropReason.
  std::array<std::uint64_t, tunnel::kDropReasonCount> dropped_by_reason{};
  std::uint64_t tcp_connections = 0;
  std::uint64_t tcp_bytes_out = 0;
  std::uint64_t tcp_bytes_in = 0;

  void add(const tunnel::SessionStats& stats);
  void add(const TunnelCounters& other);
};

}  // namespace floe::gateway
