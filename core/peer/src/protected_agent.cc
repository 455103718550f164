#include "protected_agent.h"

#include <algorithm>
#include <utility>

namespace floe::peer {
namespace {

bool is_working(ice::State of_agent) {
  return of_agent == ice::State::connected || of_agent == ice::State::completed;
}

}  // namespace

void ProtectedAgent::handle_timeout(Timestamp now) {
  now_ = now;
  protection_->handle_timeout(now);
}

std::optional<Bytes> ProtectedAgent::open(Timestamp now, ice::StreamComponent component,
                                          Bytes payload, ByteVector& room) {
  now_ = now;
  return protection_->open(now, component, payload, room);
}

Result<Bytes, ice::SendResult> ProtectedAgent::seal(Timestamp now, ice::StreamComponent component,
                                                    Bytes payload) {
  auto sealed = protection_->seal(now, component, payload);
  if (!sealed) agent_.count_not_sent(sealed.error());
  return sealed;
}

ice::SendResult ProtectedAgent::send(Timestamp now, ice::StreamComponent component, Bytes payload) {
  const auto sealed = seal(now, component, payload);
  if (!sealed) return sealed.error();
  being_sent_.emplace_back(sealed->begin(), sealed->end());
  return agent_.send(now, component, being_sent_.back());
}

void ProtectedAgent::close(Timestamp now) {
  now_ = now;
  protection_->close(now);
  while (auto output = protection_->poll_output()) {
    if (auto* sealed = std::get_if<Sealed>(&*output)) hand_on(*sealed);
  }
}

void ProtectedAgent::hand_on(Sealed& sealed) {
  being_sent_.push_back(std::move(sealed.datagram));
  agent_.send(now_, sealed.component, being_sent_.back());
}

ice::CheckRider ProtectedAgent::take(Timestamp now, ice::StreamComponent component,
                                     ice::RidesIn where) {
  now_ = now;
  return protection_->take(now, component, where);
}

void ProtectedAgent::give(Timestamp now, ice::StreamComponent component,
                          const ice::CheckRider& rider) {
  now_ = now;
  protection_->give(now, component, rider);
}

// Paths -------------------------------------------------------------------------------------------

bool ProtectedAgent::start_handshakes() {
  bool has_begun = false;
  const ice::AgentConfig& config = agent_.config();
  for (ice::DataStreamId stream = 0; stream < config.streams; ++stream) {
    for (ice::ComponentId number = 1; number <= config.components; ++number) {
      if (start_handshake({stream, number})) has_begun = true;
    }
  }
  return has_begun;
}

/// RFC 8445, section 12.1.1, lets data go on any valid pair until one is selected. A handshake that
/// does not wait for the nomination saves its round trip.
bool ProtectedAgent::start_handshake(ice::StreamComponent component) {
  if (!protection_->awaits_path(component) || !has_path(component)) return false;
  const ice::CandidatePair* pair = working_pair(component);
  now_ = std::max(now_, pair != nullptr ? pair->last_response_at : of_agent_.at);
  const bool is_measured = pair != nullptr && pair->statistics.round_trips > 0;
  protection_->handle_path(
      now_, component,
      is_measured ? std::optional(pair->statistics.current_round_trip) : std::nullopt);
  return true;
}

/// After a restart, a component may find its path in the generation of before.
bool ProtectedAgent::has_path(ice::StreamComponent component) const {
  if (working_pair(component) != nullptr) return true;
  return is_working(agent_.state()) && agent_.selected_pair(component);
}

const ice::CandidatePair* ProtectedAgent::working_pair(ice::StreamComponent component) const {
  if (agent_.state() == ice::State::closed) return nullptr;
  const ice::CandidatePair* best = nullptr;
  for (const ice::CandidatePair& pair : agent_.pairs()) {
    if (pair.component != component || !pair.is_valid()) continue;
    if (best == nullptr || pair.priority > best->priority) best = &pair;
  }
  return best;
}

// Outputs -----------------------------------------------------------------------------------------

std::optional<ProtectedOutput> ProtectedAgent::poll_protection() {
  while (auto output = protection_->poll_output()) {
    if (auto taken = take(*output)) return taken;
  }
  return poll_state();
}

std::optional<ProtectedOutput> ProtectedAgent::take(ProtectionOutput& output) {
  if (auto* sealed = std::get_if<Sealed>(&output)) {
    hand_on(*sealed);
    return std::nullopt;
  }
  if (agent_.state() == ice::State::closed) return std::nullopt;
  if (auto* opened = std::get_if<Opened>(&output)) {
    opened_ = std::move(opened->datagram);
    const auto& [stream, number] = opened->component;
    return ice::Output(ice::Event(ice::DataReceived{number, opened_, stream, now_}));
  }
  if (auto* reveal = std::get_if<signal::Reveal>(&output)) return std::move(*reveal);
  if (auto* secured = std::get_if<Secured>(&output)) return std::move(*secured);
  if (auto* failed = std::get_if<SecurityFailed>(&output)) return fail(*failed);
  if (std::holds_alternative<EndedByPeer>(output)) return EndedByPeer{};
  auto& late = std::get<HandshakeTimedOut>(output);
  if (has_path(late.component)) return fail(late.failure);
  // Nothing came through, because the path is gone: the next one gets a new handshake.
  protection_->begin_again(late.component);
  return std::nullopt;
}

std::optional<ProtectedOutput> ProtectedAgent::open(const ice::DataReceived& sealed) {
  const auto data = open(sealed.at, {sealed.stream, sealed.component}, sealed.payload, opened_);
  if (!data) return std::nullopt;
  return ice::Output(
      ice::Event(ice::DataReceived{sealed.component, *data, sealed.stream, sealed.at}));
}

ProtectedOutput ProtectedAgent::fail(SecurityFailed& failure) {
  has_failed_ = true;
  return std::move(failure);
}

signal::DtlsStatistics ProtectedAgent::statistics(bool is_over) const {
  auto statistics = protection_->statistics();
  if (is_over) statistics.state = signal::DtlsState::closed;
  if (has_failed_) statistics.state = signal::DtlsState::failed;
  return statistics;
}

/// The application hears of states by poll_state().
bool ProtectedAgent::is_state(const ice::Event& event) {
  const auto* changed = std::get_if<ice::StateChanged>(&event);
  if (changed == nullptr) return false;
  of_agent_ = *changed;
  start_handshakes();
  return true;
}

ice::State ProtectedAgent::shown(ice::State of_agent) const {
  return is_working(of_agent) && !protection_->is_secured() ? ice::State::checking : of_agent;
}

/// "connected" is reported before "completed", as the agent does it.
std::optional<ProtectedOutput> ProtectedAgent::poll_state() {
  ice::State state = shown(of_agent_.state);
  if (state == told_) return std::nullopt;
  const bool skips_connected = state == ice::State::completed && told_ != ice::State::connected &&
                               told_ != ice::State::disconnected;
  if (skips_connected) state = ice::State::connected;
  told_ = state;
  return ice::Output(ice::Event(ice::StateChanged{state, std::max(of_agent_.at, now_)}));
}

}  // namespace floe::peer
