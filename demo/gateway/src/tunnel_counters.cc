#include "tunnel_counters.h"

namespace floe::gateway {

void TunnelCounters::add(const tunnel::SessionStats& stats) {
  datagrams_out += stats.datagrams_out;
  datagrams_in += stats.datagrams_in;
  datagrams_dropped += stats.datagrams_dropped;
  stats.dropped.for_each([&](tunnel::DropReason reason, std::uint32_t count) {
    dropped_by_reason[static_cast<std::size_t>(reason) - 1] += count;
  });
  tcp_connections += stats.connections;
  tcp_bytes_out += stats.tcp_bytes_out;
  tcp_bytes_in += stats.tcp_bytes_in;
}

void TunnelCounters::add(const TunnelCounters& other) {
  sessions += other.sessions;
  datagrams_out += other.datagrams_out;
  datagrams_in += other.datagrams_in;
  datagrams_dropped += other.datagrams_dropped;
  for (std::size_t i = 0; i < dropped_by_reason.size(); ++i) {
    dropped_by_reason[i] += other.dropped_by_reason[i];
  }
  tcp_connections += other.tcp_connections;
  tcp_bytes_out += other.tcp_bytes_out;
  tcp_bytes_in += other.tcp_bytes_in;
}

}  // namespace floe::gateway
