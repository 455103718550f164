#include "endpoint.h"

#include <utility>

#include "measure/program.h"

namespace floe::bench {

Endpoint::Endpoint(const Host& host, const ice::AgentConfig& config, EndpointListener& listener,
                   Layers layers)
    : listener_(listener), driver_(host, config, *this) {
  if (layers == Layers::bare) return;
  driver_.input([&](peer::Connection& connection, Timestamp) {
    connection.negotiate({.trickle = false});
    if (layers == Layers::encrypted) require(connection.secure({}), "built without DTLS");
  });
}

void Endpoint::gather() {
  driver_.input([](peer::Connection& connection, Timestamp) { connection.announce(); });
  driver_.gather({});
}

bool Endpoint::is_gathered() const {
  return agent().gathering_state() == ice::GatheringState::complete;
}

bool Endpoint::is_connected() const {
  return driver_.connection().is_connected();
}

void Endpoint::describe_to(Endpoint& other) {
  if (driver_.connection().session() == nullptr) return describe_agent_to(other);
  peer_ = &other;
  for (const signal::Message& message : std::exchange(unsent_, {})) on_message_ready(message);
}

void Endpoint::on_message_ready(const signal::Message& message) {
  if (peer_ == nullptr) return unsent_.push_back(message);
  peer_->driver_.input([&](peer::Connection& connection, Timestamp now) {
    connection.handle_message(now, message);
  });
}

void Endpoint::describe_agent_to(Endpoint& other) const {
  const ice::SessionDescription description{agent().local_credentials(), false};
  const List<ice::Candidate> candidates = agent().local_candidates();
  other.driver_.input([&](peer::Connection& connection, Timestamp now) {
    ice::Agent& peer = connection.agent();
    peer.set_remote_description(now, description);
    for (const ice::Candidate& candidate : candidates) peer.add_remote_candidate(now, candidate);
    peer.end_of_remote_candidates(now);
  });
}

void Endpoint::on_agent_event(const ice::Event& event) {
  if (const auto* data = std::get_if<ice::DataReceived>(&event)) {
    listener_.on_data(*this, data->payload);
  } else if (std::holds_alternative<ice::StateChanged>(event) && !was_connected_ &&
             is_connected()) {
    was_connected_ = true;
    listener_.on_connected(*this);
  }
}

}  // namespace floe::bench
