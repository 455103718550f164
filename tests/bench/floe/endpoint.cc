#include "endpoint.h"

namespace floe::bench {

bool Endpoint::is_gathered() const {
  return agent().gathering_state() == ice::GatheringState::complete;
}

bool Endpoint::is_connected() const {
  return agent().state() == ice::State::connected || agent().state() == ice::State::completed;
}

void Endpoint::describe_to(Endpoint& other) const {
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
