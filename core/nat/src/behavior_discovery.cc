#include "floe/nat/behavior_discovery.h"

#include <algorithm>

namespace floe::nat {
namespace {

/// The attributes that a server of RFC 5780 or of RFC 3489 may send.
bool is_understood(std::uint16_t type) {
  return stun::is_rfc8489(type) || stun::is_rfc5780(type) ||
         type == static_cast<std::uint16_t>(stun::AttributeType::source_address) ||
         type == static_cast<std::uint16_t>(stun::AttributeType::changed_address);
}

constexpr stun::ChangeRequest kChangeBoth{true, true};
constexpr stun::ChangeRequest kChangePort{false, true};

}  // namespace

BehaviorDiscovery::BehaviorDiscovery(const DiscoveryConfig& config, RandomSource& random)
    : config_(config), random_(random) {
  report_.local = config.main_local;
}

void BehaviorDiscovery::start(Timestamp now) {
  if (phase_ != Phase::idle) return;
  next_start_ = now;
  enter(now, Phase::connectivity);
  handle_timeout(now);
}

void BehaviorDiscovery::enter(Timestamp now, Phase phase) {
  phase_ = phase;
  probes_.clear();
  const TransportAddress& server = config_.server;
  switch (phase) {
    case Phase::connectivity:
      return ask(now, {ProbeSocket::main, server});
    case Phase::filtering:
      ask(now, {ProbeSocket::main, server, kChangeBoth});
      return ask(now, {ProbeSocket::main, server, kChangePort});
    case Phase::mapping_by_address:
      return ask(now, {ProbeSocket::main, {report_.other->ip, server.port}});
    case Phase::mapping_by_port:
      return ask(now, {ProbeSocket::main, *report_.other});
    case Phase::second_socket:
      return ask(now, {ProbeSocket::second, server});
    case Phase::hairpinning:
      // Each socket sends to the other one, so that address filtering cannot be taken for missing
      // hairpinning: a filter lets in the addresses that its own socket has sent to.
      ask(now, {ProbeSocket::main, *second_mapped_});
      return ask(now, {ProbeSocket::second, *report_.mapped});
    case Phase::idle:
    case Phase::done:
      return;
  }
}

void BehaviorDiscovery::ask(Timestamp now, const Question& question) {
  const Timestamp start_at = std::max(now, next_start_);
  next_start_ = start_at + kProbeGap;
  probes_.emplace_back(start_at, question, random_);
}

void BehaviorDiscovery::handle_timeout(Timestamp now) {
  send_due(now);
  while (phase_ != Phase::done && phase_ != Phase::idle && is_phase_over()) {
    enter(now, conclude());
    send_due(now);
  }
}

void BehaviorDiscovery::send_due(Timestamp now) {
  for (Probe& probe : probes_) {
    if (!probe.handle_timeout(now)) continue;
    const Bytes bytes = probe.bytes();
    const Question& question = probe.question();
    outputs_.push_back({question.socket, question.to, {bytes.begin(), bytes.end()}});
  }
}

void BehaviorDiscovery::handle_datagram(Timestamp now, ProbeSocket socket,
                                        const TransportAddress& from, Bytes datagram) {
  const auto message = stun::MessageView::parse(datagram, is_understood);
  if (!message) return;
  for (Probe& probe : probes_) {
    if (phase_ == Phase::hairpinning) {
      came_back_ = came_back_ || probe.is_own_request(*message);
    } else if (is_where_asked(probe, from)) {
      probe.receive(socket, from, *message);
    }
  }
  handle_timeout(now);
}

/// RFC 8489, section 6.3.3: a response comes from the address that the request went to. After a
/// CHANGE-REQUEST any address will do: an answer from the wrong one tells that the server ignores
/// it.
bool BehaviorDiscovery::is_where_asked(const Probe& probe, const TransportAddress& from) const {
  const stun::ChangeRequest& change = probe.question().change;
  return change.change_ip || change.change_port || from == probe.question().to;
}

bool BehaviorDiscovery::is_phase_over() const {
  if (phase_ == Phase::hairpinning && came_back_) return true;
  // A filter that lets in another address and port also lets in another port of the same address.
  if (phase_ == Phase::filtering && probes_[0].is_over() &&
      probes_[0].state() != Probe::State::silent) {
    return true;
  }
  return std::ranges::all_of(probes_, &Probe::is_over);
}

BehaviorDiscovery::Phase BehaviorDiscovery::conclude() {
  switch (phase_) {
    case Phase::connectivity:
      return conclude_connectivity();
    case Phase::filtering:
      return conclude_filtering();
    case Phase::mapping_by_address:
      return conclude_mapping_by_address();
    case Phase::mapping_by_port:
      return conclude_mapping_by_port();
    case Phase::second_socket:
      return conclude_second_socket();
    case Phase::hairpinning:
      return conclude_hairpinning();
    case Phase::idle:
    case Phase::done:
      break;
  }
  return Phase::done;
}

std::optional<Transmit> BehaviorDiscovery::poll_output() {
  if (outputs_.empty()) return std::nullopt;
  Transmit output = std::move(outputs_.front());
  outputs_.pop_front();
  return output;
}

Timestamp BehaviorDiscovery::deadline() const {
  Timestamp earliest = kNever;
  for (const Probe& probe : probes_) earliest = std::min(earliest, probe.deadline());
  return earliest;
}

}  // namespace floe::nat
