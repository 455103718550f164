#include "floe/peer/connection.h"

#include <algorithm>
#include <utility>

#include "recovery.h"

namespace floe::peer {

Connection::Connection(const ice::AgentConfig& config, RandomSource& random, Crypto& crypto,
                       ice::SharedPacer* shared_pacer)
    : agent_(config, random, crypto, shared_pacer) {}

Connection::~Connection() = default;

// Signalling --------------------------------------------------------------------------------------

void Connection::negotiate(signal::SessionOptions options) {
  if (!session_) session_ = std::make_unique<signal::Session>(std::move(options), agent_);
}

void Connection::announce() {
  if (session_) session_->start(agent_);
}

void Connection::handle_message(Timestamp now, const signal::Message& message) {
  if (session_) session_->receive(now, message, agent_);
}

void Connection::handle_name(Timestamp now, const signal::NameResolved& answer) {
  if (session_) session_->handle_name(now, answer, agent_);
}

void Connection::restart(Timestamp now) {
  session_ ? session_->restart(now, agent_) : agent_.restart(now);
}

void Connection::repeat_description() {
  if (session_) session_->repeat_description(agent_);
}

void Connection::bye(std::string_view reason) {
  if (session_) session_->bye(reason);
}

void Connection::close(Timestamp now, std::string_view reason) {
  if (is_closed()) return;
  bye(reason);
  agent_.close(now);
}

void Connection::recover() {
  if (session_ && !recovery_) recovery_ = std::make_unique<Recovery>();
}

void Connection::handle_timeout(Timestamp now) {
  agent_.handle_timeout(now);
  if (!recovery_ || is_closed() || !recovery_->take(now, agent_.role())) return;
  restarted_ = RestartedByItself{recovery_->attempts()};
  restart(now);
}

Timestamp Connection::deadline() const {
  return recovery_ ? std::min(agent_.deadline(), recovery_->deadline()) : agent_.deadline();
}

bool Connection::is_connected() const {
  return agent_.state() == ice::State::connected || agent_.state() == ice::State::completed;
}

// Outputs -----------------------------------------------------------------------------------------

std::optional<Output> Connection::poll_output() {
  if (restarted_) return *std::exchange(restarted_, std::nullopt);
  if (session_) {
    if (auto output = poll_session()) return output;
  }
  auto output = agent_.poll_output();
  if (!output) return std::nullopt;
  if (session_) note_agent_output(*output);
  return std::move(*output);
}

std::optional<Output> Connection::poll_session() {
  if (session_->has_ended() && !std::exchange(bye_was_told_, true)) {
    return PeerSaidBye{session_->bye_reason()};
  }
  if (auto message = session_->poll_message()) return std::move(*message);
  if (auto error = session_->poll_error()) return std::move(*error);
  if (auto skipped = session_->poll_skipped()) return std::move(*skipped);
  if (auto name = session_->poll_name()) return std::move(*name);
  return std::nullopt;
}

void Connection::note_agent_output(const ice::Output& output) {
  const auto* event = std::get_if<ice::Event>(&output);
  // The signalling needs no application data, and most events are application data.
  if (event == nullptr || std::holds_alternative<ice::DataReceived>(*event)) return;
  session_->handle_event(*event, agent_);
  if (recovery_) note_for_recovery(*event);
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

}  // namespace floe::peer
