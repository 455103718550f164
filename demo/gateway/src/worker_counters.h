// What the workers of a gateway have done: each counts for itself, and the administration adds up.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "floe/native/http_server.h"
#include "floe/native/udp_sockets.h"
#include "floe/turn_server/server_counters.h"
#include "tunnel_counters.h"

namespace floe::gateway {

struct TurnCounters {
  turn::ServerCounters server;
  std::uint64_t bindings = 0;   ///< requests of STUN that were answered with an address
  std::uint64_t dropped = 0;    ///< messages that a client's connection did not take
  std::size_t allocations = 0;  ///< that are there
  std::size_t allocations_max = 0;
};

struct WorkerCounters {
  TunnelCounters tunnel;
  std::vector<std::size_t> tunnels;  ///< that are open, strangers included, of each worker
  native::UdpStatistics udp;
  native::HttpStatistics http;
  std::size_t http_connections = 0;  ///< that are open
  std::uint64_t refusals = 0;
  std::optional<TurnCounters> turn;

  void add(const WorkerCounters& other);
  void add(const native::UdpStatistics& more);
};

}  // namespace floe::gateway
