#include "floe/signal/session.h"

#include "floe/signal/limits.h"

namespace floe::signal {

Session::Session(SessionOptions options, const ice::Agent& agent)
    : pairing_(agent.local_credentials().ufrag), announcement_(std::move(options)) {}

void Session::start(const ice::Agent& agent) {
  if (started_) return;
  started_ = true;
  describe(agent);
}

void Session::describe(const ice::Agent& agent) {
  if (!started_) return;  // start() will
  auto description = announcement_.describe(agent, pairing_.partner());
  if (!description) return;
  pairing_.described();
  send(std::move(*description));
}

void Session::handle_event(const ice::Event& event, const ice::Agent& agent) {
  if (const auto* found = std::get_if<ice::LocalCandidateFound>(&event)) {
    auto message = announcement_.candidate_found(agent, found->candidate);
    if (message) send(std::move(*message));
  } else if (const auto* removed = std::get_if<ice::LocalCandidateRemoved>(&event)) {
    auto message = announcement_.candidate_removed(agent, removed->candidate);
    if (message) send(std::move(*message));
  } else if (const auto* gathering = std::get_if<ice::GatheringChanged>(&event)) {
    if (gathering->state != ice::GatheringState::complete) return;
    if (announcement_.is_due()) describe(agent);
    for (EndOfCandidates& end : announcement_.gathering_complete(agent)) send(std::move(end));
  } else if (std::holds_alternative<ice::SelectedPairChanged>(event)) {
    pairing_.settle();
  }
}

void Session::restart(Timestamp now, ice::Agent& agent) {
  // What the peer has not been told of is as new as a restart could make it. And the peer, who
  // would have nothing to answer, would not begin a new generation either.
  if (announcement_.is_due()) return;
  agent.restart(now);
  pairing_.begin(agent.local_credentials().ufrag);
  announcement_.begin();
  describe(agent);
}

void Session::request_restart() {
  send(RestartRequest{});
}

void Session::repeat_description(const ice::Agent& agent) {
  describe(agent);
}

void Session::bye(std::string_view reason) {
  send(Bye{std::string(reason)});
}

void Session::send(Message message) {
  if (outgoing_.size() == kOutgoingMessagesMax) {
    ++counters_.outgoing_dropped;
    return;
  }
  outgoing_.push_back(std::move(message));
}

std::optional<Message> Session::poll_message() {
  if (outgoing_.empty()) return std::nullopt;
  Message message = std::move(outgoing_.front());
  outgoing_.pop_front();
  return message;
}

void Session::report(SessionError error) {
  if (errors_.size() == kErrorsKept) {
    ++counters_.errors_dropped;
    return;
  }
  errors_.push_back(error);
}

std::optional<SessionError> Session::poll_error() {
  if (errors_.empty()) return std::nullopt;
  const SessionError error = errors_.front();
  errors_.erase(errors_.begin());
  return error;
}

}  // namespace floe::signal
