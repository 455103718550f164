#include "address_policy.h"

#include <algorithm>

#include "floe/types/text.h"

namespace floe::gateway {

using tunnel::DenyReason;

AddressPolicy::AddressPolicy(const AddressOptions& options, NamedServers servers,
                             rooms::RefusalLog* refusals, std::shared_ptr<OwnMachine> own)
    : addresses_(options),
      ports_(options.port_rules),
      own_(own ? std::move(own) : std::make_shared<OwnMachine>(options)),
      servers_(std::move(servers)),
      refusals_(refusals) {}

void AddressPolicy::reload(const AddressOptions& options, NamedServers servers) {
  addresses_ = AddressRules(options);
  ports_ = PortRules(options.port_rules);
  own_->set_targets(options.own_targets);
  servers_ = std::move(servers);
}

DenyReason AddressPolicy::judge(const TransportAddress& remote) const {
  // This comes before the rules are asked, because another thread may change the answer meanwhile.
  const std::uint64_t current = generation();
  if (const auto known = verdicts_.find(remote, current)) return *known;
  const DenyReason verdict = ask_rules(remote);
  verdicts_.keep(remote, current, verdict);
  return verdict;
}

DenyReason AddressPolicy::ask_rules(const TransportAddress& remote) const {
  const WideAddress ip(remote.ip);
  if (own_->is_listener(ip, remote.port)) return DenyReason::address;
  if (own_->has_socket(ip, remote.port)) return DenyReason::none;
  if (!is_open(ip, remote.port)) return DenyReason::address;
  for (const WideAddress& carried : addresses_.carried_by(ip)) {
    if (!is_open(carried, remote.port)) return DenyReason::address;
  }
  return ports_.opens(remote.port) ? DenyReason::none : DenyReason::port;
}

bool AddressPolicy::is_open(const WideAddress& ip, std::uint16_t port) const {
  return !own_->is_listener(ip, port) && !own_->owns(ip, port) && addresses_.opens(ip);
}

bool AddressPolicy::admits(const IpAddress& ip) const {
  const WideAddress wide(ip);
  if (own_->has_sockets_at(wide)) return true;
  const auto is_open = [&](const WideAddress& one) {
    return !own_->owns(one) && addresses_.opens(one);
  };
  return is_open(wide) && std::ranges::all_of(addresses_.carried_by(wide), is_open);
}

bool AddressPolicy::admits_tcp(const tunnel::Flow& flow, const NamedServers& servers) const {
  switch (servers.find(flow.remote, flow.tcp_kind, flow.server_name)) {
    case NamedServers::Match::address:
      return true;
    case NamedServers::Match::name:
      return admits(flow.remote.ip);
    case NamedServers::Match::none:
      break;
  }
  return false;
}

tunnel::FlowVerdict AddressPolicy::allow(Timestamp now, const tunnel::Flow& flow) {
  if (flow.protocol == tunnel::Protocol::tcp) {
    const bool allowed = admits_tcp(flow, servers_);
    if (!allowed)
      log_refusal(now, "a TCP connection", flow.remote,
                  "--allow-turn names the servers that may be reached");
    return {allowed, allowed ? DenyReason::none : DenyReason::address};
  }
  const DenyReason reason = judge(flow.remote);
  return {reason == DenyReason::none, reason};
}

tunnel::PeerPermission AddressPolicy::permission(Timestamp now, tunnel::SocketId,
                                                 const TransportAddress& remote) {
  const DenyReason reason = judge(remote);
  if (reason == DenyReason::none) {
    return {tunnel::PermissionState::open, DenyReason::none, tunnel::kUnlimited};
  }
  log_refusal(now, "datagrams", remote,
              reason == DenyReason::port
                  ? "the port belongs to a service that is not for clients (see --allow-port)"
                  : "it is not on the Internet (see --allow), or it is the gateway's own");
  return {tunnel::PermissionState::denied, reason, {}};
}

std::vector<std::string> AddressPolicy::to_lines() const {
  std::vector<std::string> lines = own_->to_lines();
  for (const std::vector<std::string>& more : {addresses_.to_lines(), ports_.to_lines()}) {
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return lines;
}

void AddressPolicy::log_refusal(Timestamp now, std::string_view what,
                                const TransportAddress& remote, std::string_view remedy) {
  if (refusals_ == nullptr) return;
  refusals_->add(now, concat({"refused a client ", what, " to ", remote.to_text(), ": ", remedy}));
}

}  // namespace floe::gateway
