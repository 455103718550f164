#include "carrier.h"

namespace floe::gateway {

Carrier::Carrier(const Setup& setup)
    : host_(setup.host),
      refusals_(setup.log, "gateway"),
      policy_(setup.options.reachable(), NamedServers(setup.options.turn_servers), &refusals_,
              setup.shared.own_machine),
      strangers_(setup.options.admission.strangers),
      tunnel_(host_, host_.udp_sockets(), setup.options, setup.shared, policy_, refusals_,
              strangers_) {
  const GatewayOptions& options = setup.options;
  if (!options.turn.is_wanted()) return;
  turn_.emplace(host_, host_.udp_sockets(), options.turn, options.bind, policy_, setup.tls);
  if (options.workers > 1) turn_->share_ports();
}

std::string Carrier::listen() {
  return turn_ ? turn_->listen() : std::string();
}

void Carrier::reload(const GatewayOptions& options) {
  if (turn_) turn_->reload(options.turn);
  policy_.reload(options.reachable(), NamedServers(options.turn_servers));
}

void Carrier::drain(Duration spread) {
  tunnel_.drain(spread);
  if (turn_) turn_->drain();
}

WorkerCounters Carrier::counters() const {
  WorkerCounters counters;
  counters.tunnel = tunnel_.counters();
  counters.tunnels = {tunnel_.connection_count()};
  counters.udp = host_.udp_sockets().statistics();
  counters.refusals = refusals_.count();
  if (!turn_) return counters;
  if (const native::UdpStatistics* more = turn_->shared_statistics()) counters.add(*more);
  const turn::Server& server = turn_->server();
  counters.turn = TurnCounters{.server = server.counters(),
                               .bindings = server.binding_counters().succeeded,
                               .dropped = turn_->dropped(),
                               .allocations = server.allocation_count(),
                               .allocations_max = server.allocations_max()};
  return counters;
}

}  // namespace floe::gateway
