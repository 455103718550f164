#include "client_policy.h"

#include <algorithm>
#include <utility>

namespace floe::gateway {
namespace {

using tunnel::DenyReason;
using tunnel::Direction;
using tunnel::PeerPermission;
using tunnel::PermissionState;

NamedServers servers_of(const token::Grant& grant) {
  std::vector<ServerUri> servers;
  for (const std::string& text : grant.ice_servers) {
    if (auto uri = parse_server_uri(text)) servers.push_back(std::move(*uri));
  }
  return NamedServers(std::move(servers));
}

PeerPermission open_for(const std::optional<Duration>& left) {
  if (!left) return {PermissionState::pending, DenyReason::none, {}};
  return {PermissionState::open, DenyReason::none, *left};
}

}  // namespace

ClientPolicy::ClientPolicy(AddressPolicy& addresses, const ConsentOptions& options,
                           const consent::HashKey& hash_key)
    : addresses_(addresses),
      options_(options),
      hash_key_(hash_key),
      is_gated_(options.policy == ConsentPolicy::ice),
      scans_(hash_key),
      out_(options.datagrams_per_second_max, options.bytes_per_second_max),
      in_(options.datagrams_per_second_max, options.bytes_per_second_max) {}

ClientPolicy::~ClientPolicy() = default;

void ClientPolicy::admit(const token::Grant& grant) {
  using token::ConsentRule;
  if (grant.consent == ConsentRule::ice) is_gated_ = true;
  if (grant.consent.value_or(ConsentRule::ice) != ConsentRule::ice && options_.by_token) {
    is_gated_ = false;
  }
  if (!grant.allow.empty() || grant.consent == ConsentRule::allowlist) {
    only_.emplace();
    for (const token::Prefix& prefix : grant.allow) {
      if (auto range = AddressPrefix::parse(prefix.to_text())) only_->push_back(*range);
    }
  }
  servers_ = servers_of(grant);
  if (!grant.max_bps) return;
  // 0 would be no limit.
  std::uint64_t bytes = std::max<std::uint64_t>(1, *grant.max_bps / 8);
  if (options_.bytes_per_second_max != 0) bytes = std::min(bytes, options_.bytes_per_second_max);
  in_ = out_ = ClientShare(options_.datagrams_per_second_max, bytes);
}

bool ClientPolicy::is_gated(const TransportAddress& peer) const {
  return is_gated_ && !servers_.has_udp(peer);
}

tunnel::FlowVerdict ClientPolicy::allow(Timestamp now, const tunnel::Flow& flow) {
  if (flow.protocol == tunnel::Protocol::tcp) {
    if (addresses_.admits_tcp(flow, servers_)) return {true, DenyReason::none};
    return addresses_.allow(now, flow);
  }
  DenyReason reason = judge(flow.remote);
  if (reason == DenyReason::none && is_gated(flow.remote)) reason = ask_gate(now, flow);
  if (reason != DenyReason::none) return {false, reason};
  ClientShare& share = flow.direction == Direction::outbound ? out_ : in_;
  if (!share.take(now, flow.payload.size())) return {false, DenyReason::quota};
  return {true, DenyReason::none};
}

DenyReason ClientPolicy::judge(const TransportAddress& peer) const {
  const DenyReason reason = addresses_.judge(peer);
  if (reason != DenyReason::none) return reason;
  if (options_.policy == ConsentPolicy::allowlist && !options_.allows(peer)) {
    return DenyReason::address;
  }
  if (!only_ || servers_.has_udp(peer)) return DenyReason::none;
  const WideAddress ip(peer.ip);
  const auto has_it = [&](const AddressPrefix& range) { return range.contains(ip); };
  return std::ranges::any_of(*only_, has_it) ? DenyReason::none : DenyReason::address;
}

DenyReason ClientPolicy::ask_gate(Timestamp now, const tunnel::Flow& flow) {
  consent::ConsentGate& gate = gate_of(flow.socket);
  const consent::Verdict verdict = flow.direction == Direction::outbound
                                       ? gate.outbound(now, flow.remote, flow.payload)
                                       : gate.inbound(now, flow.remote, flow.payload);
  switch (verdict) {
    case consent::Verdict::pass:
      return DenyReason::none;
    case consent::Verdict::no_consent:
      return DenyReason::consent;
    case consent::Verdict::over_rate:
      return DenyReason::rate;
  }
  return DenyReason::consent;
}

PeerPermission ClientPolicy::permission(Timestamp now, tunnel::SocketId socket,
                                        const TransportAddress& remote) {
  // It also says in the log what an operator can do about a denial.
  const PeerPermission of_address = addresses_.permission(now, socket, remote);
  if (of_address.state == PermissionState::denied) return of_address;
  const DenyReason reason = judge(remote);
  if (reason != DenyReason::none) return {PermissionState::denied, reason, {}};
  if (!is_gated(remote)) return open_for(tunnel::kUnlimited);
  return open_for(gate_of(socket).consent_left(now, remote));
}

consent::ConsentGate& ClientPolicy::gate_of(tunnel::SocketId socket) {
  const std::size_t place = socket.value();
  if (gates_.size() <= place) gates_.resize(place + 1);
  if (!gates_[place]) gates_[place] = std::make_unique<consent::ConsentGate>(hash_key_, scans_);
  return *gates_[place];
}

void ClientPolicy::forget(tunnel::SocketId socket) {
  if (socket.value() < gates_.size()) gates_[socket.value()].reset();
}

void ClientPolicy::report_changes(Timestamp now, const OnChange& on_change) {
  for (std::size_t place = 0; place < gates_.size(); ++place) {
    if (!gates_[place]) continue;
    consent::ConsentGate& gate = *gates_[place];
    while (const auto peer = gate.next_change(now)) {
      on_change(tunnel::SocketId{static_cast<std::uint16_t>(place)}, *peer,
                open_for(gate.consent_left(now, *peer)));
    }
  }
}

Timestamp ClientPolicy::deadline() const {
  Timestamp deadline = kNever;
  for (const auto& gate : gates_) {
    if (gate) deadline = std::min(deadline, gate->deadline());
  }
  return deadline;
}

std::string_view ClientPolicy::offence() const {
  return scans_.is_scan() ? "too many peers were tried that did not answer" : std::string_view();
}

}  // namespace floe::gateway
