#include "floe/peer/connection.h"

#include <utility>

namespace floe::peer {

Connection::Connection(const ice::AgentConfig& config, RandomSource& random, Crypto& crypto,
                       ice::SharedPacer* shared_pacer)
    : agent_(config, random, crypto, shared_pacer) {}

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

bool Connection::is_connected() const {
  return agent_.state() == ice::State::connected || agent_.state() == ice::State::completed;
}

// Outputs -----------------------------------------------------------------------------------------

std::optional<Output> Connection::poll_output() {
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
  return std::nullopt;
}

void Connection::note_agent_output(const ice::Output& output) {
  const auto* event = std::get_if<ice::Event>(&output);
  // The signalling needs no application data, and most events are application data.
  if (event != nullptr && !std::holds_alternative<ice::DataReceived>(*event)) {
    session_->handle_event(*event, agent_);
  }
}

}  // namespace floe::peer
