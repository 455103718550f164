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
    : config_(config), random_(random), conclusions_(config) {}

void BehaviorDiscovery::start(Timestamp now) {
  if (phase_ != DiscoveryPhase::idle) return;
  next_start_ = now;
  enter(now, DiscoveryPhase::connectivity);
  handle_timeout(now);
}

void BehaviorDiscovery::enter(Timestamp now, DiscoveryPhase phase) {
  phase_ = phase;
  probes_.clear();
  const TransportAddress& server = config_.server;
  switch (phase) {
    case DiscoveryPhase::connectivity:
      return ask(now, {ProbeSocket::main, server});
    case DiscoveryPhase::filtering:
      ask(now, {ProbeSocket::main, server, kChangeBoth});
      return ask(now, {ProbeSocket::main, server, kChangePort});
    case DiscoveryPhase::mapping_by_address:
      return ask(now, {ProbeSocket::main, {report().other->ip, server.port}});
    case DiscoveryPhase::mapping_by_port:
      return ask(now, {ProbeSocket::main, *report().other});
    case DiscoveryPhase::second_socket:
      return ask(now, {ProbeSocket::second, server});
    case DiscoveryPhase::hairpinning:
      // Each socket sends to the other one, so that address filtering cannot be taken for missing
      // hairpinning: a filter lets in the addresses that its own socket has sent to.
      ask(now, {ProbeSocket::main, *conclusions_.second_mapped()});
      return ask(now, {ProbeSocket::second, *report().mapped});
    case DiscoveryPhase::idle:
    case DiscoveryPhase::done:
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
  while (phase_ != DiscoveryPhase::done && phase_ != DiscoveryPhase::idle && is_phase_over()) {
    enter(now, conclusions_.conclude(phase_, probes_));
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
    if (phase_ == DiscoveryPhase::hairpinning) {
      if (probe.is_own_request(*message)) conclusions_.note_own_request();
    } else if (is_where_asked(probe, from)) {
      probe.receive(socket, from, *message);
    }
  }
  handle_timeout(now);
}

/// RFC 8489, section 6.3.3: a response comes from the address that the request went to. After a
/// CHANGE-REQUEST any address is accepted: an answer from the wrong address shows that the server
/// ignores the CHANGE-REQUEST.
bool BehaviorDiscovery::is_where_asked(const Probe& probe, const TransportAddress& from) const {
  const stun::ChangeRequest& change = probe.question().change;
  return change.change_ip || change.change_port || from == probe.question().to;
}

bool BehaviorDiscovery::is_phase_over() const {
  if (phase_ == DiscoveryPhase::hairpinning && conclusions_.has_own_request()) return true;
  // A filter that lets in another address and port also lets in another port of the same address.
  if (phase_ == DiscoveryPhase::filtering && probes_[0].is_over() &&
      probes_[0].state() != Probe::State::silent) {
    return true;
  }
  return std::ranges::all_of(probes_, &Probe::is_over);
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
