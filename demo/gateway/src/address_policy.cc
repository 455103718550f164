#include "address_policy.h"

#include <algorithm>
#include <array>

#include "floe/types/text.h"

namespace floe::gateway {
namespace {

using tunnel::DenyReason;

constexpr std::uint16_t kFirstUnprivilegedPort = 1024;
constexpr std::uint16_t kHttpsPort = 443;
// Services above port 1023 whose answers are longer than the requests.
constexpr std::array<std::uint16_t, 4> kReflectorPorts{1900, 5353, 11211, 27015};

bool is_open_port(std::uint16_t port) {
  if (port < kFirstUnprivilegedPort) return port == kHttpsPort;
  return std::ranges::find(kReflectorPorts, port) == kReflectorPorts.end();
}

}  // namespace

void AddressPolicy::add_own_listener(const TransportAddress& address) {
  own_listeners_.insert(address);
  ++generation_;
}

void AddressPolicy::add_own_socket(const TransportAddress& address) {
  if (++own_sockets_[address] == 1) ++generation_;
}

void AddressPolicy::remove_own_socket(const TransportAddress& address) {
  const auto place = own_sockets_.find(address);
  if (place == own_sockets_.end() || --place->second > 0) return;
  own_sockets_.erase(place);
  ++generation_;
}

bool AddressPolicy::is_own_listener(const TransportAddress& remote) const {
  return std::ranges::any_of(own_listeners_, [&](const TransportAddress& own) {
    return own.port == remote.port && (own.ip == remote.ip || own.ip.is_any());
  });
}

bool AddressPolicy::admits(const IpAddress& ip) const {
  const IpAddress target = canonical(ip);
  switch (classify(target)) {
    case AddressClass::global:
      return true;
    case AddressClass::loopback:
      return options_.allow_loopback;
    case AddressClass::special:
      return options_.allow_private && !target.is_multicast() && !target.is_any();
  }
  return false;
}

DenyReason AddressPolicy::judge(const TransportAddress& remote) const {
  const TransportAddress target{canonical(remote.ip), remote.port};
  if (own_sockets_.contains(target)) return DenyReason::none;
  if (is_own_listener(target)) return DenyReason::address;
  if (!admits(target.ip)) return DenyReason::address;
  return is_open_port(target.port) ? DenyReason::none : DenyReason::port;
}

tunnel::FlowVerdict AddressPolicy::allow(Timestamp now, const tunnel::Flow& flow) {
  if (flow.protocol == tunnel::Protocol::tcp) {
    const bool allowed = turn_.admits(flow.remote, flow.tcp_kind, flow.server_name);
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
                  ? "the port belongs to a service that is not for clients"
                  : "it is not on the Internet (see --allow-private), or it is the gateway's own");
  return {tunnel::PermissionState::denied, reason, {}};
}

void AddressPolicy::log_refusal(Timestamp now, std::string_view what,
                                const TransportAddress& remote, std::string_view remedy) {
  if (refusals_ == nullptr) return;
  refusals_->add(now, concat({"refused a client ", what, " to ", remote.to_text(), ": ", remedy}));
}

}  // namespace floe::gateway
