#include "floe/peer/connection.h"

#include <algorithm>
#include <utility>

#include "floe/api/datagram_socket.h"

#include "protection.h"
#include "recovery.h"

namespace floe::peer {

Connection::Connection(const ice::AgentConfig& config, RandomSource& random, Crypto& crypto,
                       ice::SharedPacer* shared_pacer)
    : random_(random), crypto_(crypto), agent_(config, random, crypto, shared_pacer) {}

Connection::~Connection() = default;

// Signalling --------------------------------------------------------------------------------------

void Connection::negotiate(signal::SessionOptions options) {
  if (!session_) session_ = std::make_unique<signal::Session>(std::move(options), agent_);
}

bool Connection::secure(const SecurityOptions& options) {
  if (!protection_) protection_ = make_protection(options, random_, crypto_);
  return is_protected();
}

void Connection::announce() {
  if (session_) session_->start(agent_);
}

void Connection::handle_message(Timestamp now, const signal::Message& message) {
  if (!session_) return;
  now_ = now;
  if (protection_ && !session_->has_ended()) note_for_protection(message);
  session_->receive(now, message, agent_);
}

void Connection::note_for_protection(const signal::Message& message) {
  if (const auto* reveal = std::get_if<signal::Reveal>(&message)) {
    protection_->handle_reveal(*reveal);
  } else if (const auto* description = std::get_if<signal::Description>(&message)) {
    // The session says so when this end's own description comes back.
    const bool is_own = description->credentials.ufrag == agent_.local_credentials().ufrag;
    if (!is_own) protection_->handle_parameters(description->dtls);
  }
}

void Connection::handle_name(Timestamp now, const signal::NameResolved& answer) {
  if (session_) session_->handle_name(now, answer, agent_);
}

void Connection::restart(Timestamp now) {
  session_ ? session_->restart(now, agent_) : agent_.restart(now);
}

void Connection::repeat_description() {
  if (session_) session_->repeat_description(agent_);
  if (protection_) protection_->repeat();
}

void Connection::bye(std::string_view reason) {
  if (session_) session_->bye(reason);
}

void Connection::close(Timestamp now, std::string_view reason) {
  if (is_closed()) return;
  bye(reason);
  close(now);
}

void Connection::close(Timestamp now) {
  if (is_closed()) return;
  now_ = now;
  if (protection_) {
    protection_->close(now);
    while (auto output = protection_->poll_output()) {
      if (auto* sealed = std::get_if<Sealed>(&*output)) hand_on(*sealed);
    }
  }
  agent_.close(now);
}

void Connection::recover() {
  if (session_ && !recovery_) recovery_ = std::make_unique<Recovery>();
}

void Connection::handle_timeout(Timestamp now) {
  agent_.handle_timeout(now);
  if (protection_) {
    now_ = now;
    protection_->handle_timeout(now);
    if (now >= ends_at_) agent_.close(now);
  }
  if (!recovery_ || is_closed() || !recovery_->take(now, agent_.role())) return;
  restarted_ = RestartedByItself{recovery_->attempts()};
  restart(now);
}

Timestamp Connection::deadline() const {
  Timestamp earliest = agent_.deadline();
  if (recovery_) earliest = std::min(earliest, recovery_->deadline());
  if (protection_ && !is_closed()) {
    earliest = std::min({earliest, protection_->deadline(), ends_at_});
  }
  return earliest;
}

ice::State Connection::state() const {
  return shown(agent_.state());
}

ice::State Connection::shown(ice::State of_agent) const {
  const bool works = of_agent == ice::State::connected || of_agent == ice::State::completed;
  return works && protection_ && !protection_->is_secured() ? ice::State::checking : of_agent;
}

bool Connection::is_connected() const {
  return state() == ice::State::connected || state() == ice::State::completed;
}

// Data --------------------------------------------------------------------------------------------

ice::SendResult Connection::send(Timestamp now, ice::StreamComponent component, Bytes payload) {
  if (!protection_) return agent_.send(now, component, payload);
  const auto sealed = seal(now, component, payload);
  if (!sealed) return sealed.error();
  being_sent_.emplace_back(sealed->begin(), sealed->end());
  return agent_.send(now, component, being_sent_.back());
}

Result<Bytes, ice::SendResult> Connection::seal(Timestamp now, ice::StreamComponent component,
                                                Bytes payload) {
  if (!protection_) return payload;
  if (is_closed()) return ice::SendResult(ice::SendResult::no_path);
  return protection_->seal(now, component, payload);
}

void Connection::handle_sealed(Timestamp now, ice::StreamComponent component, Bytes payload) {
  now_ = now;
  protection_->handle_datagram(now, component, payload);
}

std::size_t Connection::max_datagram_size(ice::StreamComponent component) const {
  return protection_ ? protection_->max_datagram_size(component) : kMaxDatagramSize;
}

std::optional<ByteVector> Connection::export_keying_material(ice::StreamComponent component,
                                                             std::string_view label,
                                                             std::size_t length) const {
  if (!protection_) return std::nullopt;
  return protection_->export_keying_material(component, label, length);
}

// Outputs -----------------------------------------------------------------------------------------

std::optional<Output> Connection::poll_output() {
  if (restarted_) return *std::exchange(restarted_, std::nullopt);
  if (session_) {
    if (auto output = poll_session()) return output;
  }
  return protection_ ? poll_protection() : poll_agent();
}

std::optional<Output> Connection::poll_session() {
  if (session_->has_ended() && !std::exchange(bye_was_told_, true)) {
    return PeerSaidBye{session_->bye_reason()};
  }
  if (auto message = session_->poll_message()) {
    auto* description = std::get_if<signal::Description>(&*message);
    if (description != nullptr && protection_) description->dtls = protection_->describe();
    return std::move(*message);
  }
  if (auto error = session_->poll_error()) return std::move(*error);
  if (auto skipped = session_->poll_skipped()) return std::move(*skipped);
  if (auto name = session_->poll_name()) return std::move(*name);
  return std::nullopt;
}

std::optional<Output> Connection::poll_agent() {
  auto output = agent_.poll_output();
  if (!output) return std::nullopt;
  const auto* event = std::get_if<ice::Event>(&*output);
  // The signalling needs no application data, and most events are application data.
  if (event != nullptr && session_ && !std::holds_alternative<ice::DataReceived>(*event)) {
    note_agent_event(*event);
  }
  return std::move(*output);
}

void Connection::note_agent_event(const ice::Event& event) {
  session_->handle_event(event, agent_);
  if (recovery_) note_for_recovery(event);
}

void Connection::note_for_recovery(const ice::Event& event) {
  if (const auto* changed = std::get_if<ice::StateChanged>(&event)) {
    recovery_->handle_state(changed->at, changed->state, agent_.role());
  } else if (const auto* late = std::get_if<ice::LateSocketAdded>(&event)) {
    recovery_->handle_late_network(late->at, agent_.role());
  } else if (const auto* gathering = std::get_if<ice::GatheringChanged>(&event)) {
    if (gathering->state == ice::GatheringState::gathering) recovery_->handle_gathering();
  }
}

// Protected ---------------------------------------------------------------------------------------

std::optional<Output> Connection::poll_protection() {
  for (;;) {
    while (auto output = protection_->poll_output()) {
      if (auto taken = take(*output)) return taken;
    }
    if (now_ >= ends_at_ && !std::exchange(bye_was_told_, true)) {
      return PeerSaidBye{"the peer closed the connection"};
    }
    if (auto changed = poll_state()) return changed;
    auto output = poll_agent();
    if (!output) {
      if (start_handshakes()) continue;
      being_sent_.clear();
      return std::nullopt;
    }
    const auto* event = std::get_if<ice::Event>(&std::get<ice::Output>(*output));
    if (event == nullptr || !is_for_protection(*event)) return output;
  }
}

/// RFC 8445, section 12: data may be sent on any valid pair before one is selected, and so may a
/// handshake.
bool Connection::start_handshakes() {
  bool has_begun = false;
  const ice::AgentConfig& config = agent_.config();
  for (ice::DataStreamId stream = 0; stream < config.streams; ++stream) {
    for (ice::ComponentId number = 1; number <= config.components; ++number) {
      const ice::StreamComponent component(stream, number);
      if (is_closed() || !protection_->awaits_path(component)) continue;
      const ice::CandidatePair* pair = agent_.data_pair(component);
      if (pair == nullptr) continue;
      now_ = agent_.time();
      const auto& statistics = pair->statistics;
      protection_->handle_path(
          now_, component,
          statistics.round_trips > 0 ? std::optional(statistics.current_round_trip) : std::nullopt);
      has_begun = true;
    }
  }
  return has_begun;
}

bool Connection::is_for_protection(const ice::Event& event) {
  if (const auto* data = std::get_if<ice::DataReceived>(&event)) {
    handle_sealed(data->at, {data->stream, data->component}, data->payload);
    return true;
  }
  if (const auto* changed = std::get_if<ice::StateChanged>(&event)) {
    of_agent_ = *changed;
    start_handshakes();
    return true;
  }
  return false;
}

/// "connected" is reported before "completed", as the agent does it.
std::optional<Output> Connection::poll_state() {
  ice::State state = shown(of_agent_.state);
  if (state == told_) return std::nullopt;
  const bool skips_connected = state == ice::State::completed && told_ != ice::State::connected &&
                               told_ != ice::State::disconnected;
  if (skips_connected) state = ice::State::connected;
  told_ = state;
  return ice::Output(ice::Event(ice::StateChanged{state, std::max(of_agent_.at, now_)}));
}

std::optional<Output> Connection::take(ProtectionOutput& output) {
  if (auto* sealed = std::get_if<Sealed>(&output)) {
    hand_on(*sealed);
    return std::nullopt;
  }
  if (is_closed()) return std::nullopt;
  if (auto* opened = std::get_if<Opened>(&output)) {
    opened_ = std::move(opened->datagram);
    return ice::Output(ice::Event(
        ice::DataReceived{opened->component.component, opened_, opened->component.stream, now_}));
  }
  if (auto* reveal = std::get_if<signal::Reveal>(&output)) return signal::Message(*reveal);
  if (auto* secured = std::get_if<Secured>(&output)) return std::move(*secured);
  if (auto* failed = std::get_if<SecurityFailed>(&output)) return end_insecure(std::move(*failed));
  if (auto* late = std::get_if<HandshakeTimedOut>(&output)) {
    // Nothing came through, because the path is gone: the next one gets a new handshake.
    if (agent_.data_pair(late->component) != nullptr) return end_insecure(std::move(late->failure));
    protection_->begin_again(late->component);
    return std::nullopt;
  }
  ends_at_ = now_ + kByePatience;
  return std::nullopt;
}

void Connection::hand_on(Sealed& sealed) {
  being_sent_.push_back(std::move(sealed.datagram));
  agent_.send(now_, sealed.component, being_sent_.back());
}

Output Connection::end_insecure(SecurityFailed failed) {
  bye(failed.message);
  close(now_);
  return failed;
}

}  // namespace floe::peer
