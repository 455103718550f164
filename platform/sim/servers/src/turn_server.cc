#include "floe/sim/turn_server.h"

#include "turn_machine.h"

namespace floe::sim {

TurnServer::TurnServer(SimHost& host, const std::vector<IpAddress>& ips,
                       const TurnServerOptions& options)
    : machine_(std::make_unique<TurnMachine>(host, ips, options)) {}

TurnServer::~TurnServer() = default;

TurnServerOptions& TurnServer::options() {
  return machine_->options();
}

void TurnServer::restart() {
  machine_->restart();
}

std::size_t TurnServer::allocation_count() const {
  return machine_->allocation_count();
}

std::uint64_t TurnServer::datagrams_relayed() const {
  return machine_->counters().to_peers + machine_->counters().to_clients;
}

}  // namespace floe::sim
