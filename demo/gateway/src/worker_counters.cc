#include "worker_counters.h"

namespace floe::gateway {
namespace {

void add_to(native::HttpStatistics& sum, const native::HttpStatistics& more) {
  // A connection that one worker gave to another was accepted once.
  sum.requests += more.requests;
  sum.errors += more.errors;
  sum.displaced += more.displaced;
}

void add_to(turn::ServerCounters& sum, const turn::ServerCounters& more) {
  sum.allocated += more.allocated;
  sum.refused += more.refused;
  sum.to_peers += more.to_peers;
  sum.to_peers_bytes += more.to_peers_bytes;
  sum.to_clients += more.to_clients;
  sum.to_clients_bytes += more.to_clients_bytes;
  sum.errors_to_clients += more.errors_to_clients;
  sum.in_process += more.in_process;
  sum.malformed += more.malformed;
  sum.ignored += more.ignored;
  sum.unanswered += more.unanswered;
  sum.no_allocation += more.no_allocation;
  sum.no_channel += more.no_channel;
  sum.no_permission += more.no_permission;
  sum.forbidden += more.forbidden;
  sum.too_long += more.too_long;
  sum.no_relay_of_family += more.no_relay_of_family;
}

}  // namespace

void WorkerCounters::add(const WorkerCounters& other) {
  tunnel.add(other.tunnel);
  tunnels.insert(tunnels.end(), other.tunnels.begin(), other.tunnels.end());
  add(other.udp);
  add_to(http, other.http);
  http_connections += other.http_connections;
  refusals += other.refusals;
  if (!turn || !other.turn) return;
  add_to(turn->server, other.turn->server);
  turn->bindings += other.turn->bindings;
  turn->dropped += other.turn->dropped;
  turn->allocations += other.turn->allocations;
  turn->allocations_max += other.turn->allocations_max;
}

void WorkerCounters::add(const native::UdpStatistics& more) {
  udp.received += more.received;
  udp.sent += more.sent;
  udp.dropped += more.dropped;
  udp.failed += more.failed;
  udp.stale += more.stale;
}

}  // namespace floe::gateway
