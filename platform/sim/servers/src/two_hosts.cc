#include "floe/sim/two_hosts.h"

namespace floe::sim {
namespace {

/// All delay is in the hosts' own links, so that the number of boxes on the way does not matter.
constexpr Link kNoDelay{.delay = 0ms};

}  // namespace

TwoHosts::TwoHosts(const TwoHostsOptions& options)
    : options_(options),
      world_(options.seed),
      stun_(world_, server_link()),
      left_site_(world_, options_.left, options.versions, 1, kNoDelay),
      right_site_(world_, options_.right, options.versions, 2, kNoDelay),
      left_(left_site_.add_host("left", access())),
      right_(right_site_.add_host("right", access())) {
  if (!options.turn) return;
  std::vector<IpAddress> addresses;
  if (options.versions != IpVersions::v6) addresses.push_back(PublicTurn::ipv4());
  if (options.versions != IpVersions::v4) addresses.push_back(PublicTurn::ipv6());
  turn_.emplace(world_.add_host("turn", addresses, server_link()), addresses);
}

Link TwoHosts::access() const {
  return {.delay = options_.round_trip / 4, .loss_ppm = options_.loss_ppm};
}

std::vector<Server> TwoHosts::servers() const {
  std::vector<Server> servers;
  const auto is_asked = [&](const ServerUri& uri) {
    const bool is_v6 = uri.host.find(':') != std::string::npos;
    return options_.versions != (is_v6 ? IpVersions::v4 : IpVersions::v6);
  };
  for (const ServerUri& uri : PublicStun::uris()) {
    if (is_asked(uri)) servers.emplace_back(uri);
  }
  if (!turn_) return servers;
  const TurnServerOptions account;
  for (const ServerUri& uri : PublicTurn::uris()) {
    if (is_asked(uri)) servers.emplace_back(uri, account.username, account.password);
  }
  return servers;
}

ConnectionOptions TwoHosts::connection_options(ice::Role role) const {
  ConnectionOptions options;
  options.agent.role = role;
  options.gather.servers = servers();
  options.recovers = false;
  return options;
}

void TwoHosts::introduce(Connection& left, Connection& right) {
  carry(left, right_, right);
  carry(right, left_, left);
}

void TwoHosts::carry(Connection& from, SimHost& to_host, Connection& to) {
  from.on_signal = [this, &to_host, &to](const signal::Message& message) {
    to_host.schedule(world_.now() + options_.round_trip / 2,
                     [&to, said = message] { to.receive(said); });
  };
}

}  // namespace floe::sim
