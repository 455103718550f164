#include "peer.h"

namespace floe::sim {

Peer::Peer(World& world, SimHost& host, const PeerOptions& options)
    : world_(world),
      host_(host),
      options_(options),
      api_(host.api()),
      driver_(api_, options.agent, *this) {}

void Peer::after(Duration delay, std::function<void()> action) {
  world_.schedule(world_.now() + delay, std::move(action));
}

void Peer::signal_to(Peer& other, Duration delay) {
  other_ = &other;
  signalling_delay_ = delay;
  const ice::SessionDescription description{agent().local_credentials(), false};
  after(delay, [&other, description] {
    other.driver_.input(
        [&](ice::Agent& agent, Timestamp now) { agent.set_remote_description(now, description); });
  });
  for (const ice::Candidate& candidate : found_) signal_candidate(candidate);
  if (gathered()) signal_end();
}

void Peer::signal_candidate(const ice::Candidate& candidate) {
  if (other_ == nullptr) return;
  after(signalling_delay_, [this, candidate] {
    other_->driver_.input(
        [&](ice::Agent& agent, Timestamp now) { agent.add_remote_candidate(now, candidate); });
  });
}

void Peer::signal_end() {
  if (other_ == nullptr) return;
  after(signalling_delay_, [this] {
    other_->driver_.input(
        [](ice::Agent& agent, Timestamp now) { agent.end_of_remote_candidates(now); });
  });
}

bool Peer::connected() const {
  return agent().state() == ice::State::connected || agent().state() == ice::State::completed;
}

void Peer::on_agent_event(const ice::Event& event) {
  if (const auto* found = std::get_if<ice::LocalCandidateFound>(&event)) {
    found_.push_back(found->candidate);
    signal_candidate(found->candidate);
  } else if (const auto* gathering = std::get_if<ice::GatheringChanged>(&event)) {
    if (gathering->state == ice::GatheringState::complete) signal_end();
  } else if (const auto* state = std::get_if<ice::StateChanged>(&event)) {
    states_.push_back(state->state);
    world_.trace().note(world_.now(), host_.name(), to_text(state->state));
  } else if (const auto* data = std::get_if<ice::DataReceived>(&event)) {
    received_.emplace_back(as_text(data->payload));
  }
}

void start(Peer& left, Peer& right, Duration signalling_delay) {
  left.gather();
  right.gather();
  left.signal_to(right, signalling_delay);
  right.signal_to(left, signalling_delay);
}

}  // namespace floe::sim
