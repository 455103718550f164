#include "peer.h"

namespace floe::sim {

Peer::Peer(World& world, SimHost& host, const PeerOptions& options)
    : world_(world),
      host_(host),
      options_(options),
      api_(host.api()),
      driver_(api_, options.agent, *this, options.shared_pacer),
      checker_(world, host, driver_.agent(), options.agent.pacing, options.shared_pacing),
      session_({.trickle = options.trickle}, driver_.agent()) {}

// Signalling --------------------------------------------------------------------------------------

void Peer::signal_to(Peer& other, Duration delay) {
  other_ = &other;
  path_ = std::make_unique<SignallingPath>(world_, other.host_, delay);
  session_.start(agent());
  say_what_is_due();
}

void Peer::restart() {
  driver_.input([this](ice::Agent& agent, Timestamp now) { session_.restart(now, agent); });
  say_what_is_due();
}

void Peer::say_what_is_due() {
  if (path_ == nullptr) return;
  while (auto message = session_.poll_message()) {
    path_->send([this, said = std::move(*message)] { other_->hear(said); });
  }
}

void Peer::hear(const signal::Message& message) {
  driver_.input([&](ice::Agent& agent, Timestamp now) { session_.receive(now, message, agent); });
  checker_.note_signal(session_.peer_is_lite());
  while (const auto error = session_.poll_error()) {
    world_.trace().note(world_.now(), host_.name(), signal::to_text(*error));
  }
  say_what_is_due();
}

// What its agent tells ----------------------------------------------------------------------------

bool Peer::connected() const {
  return agent().state() == ice::State::connected || agent().state() == ice::State::completed;
}

void Peer::on_agent_event(const ice::Event& event) {
  checker_.note_event(event);
  session_.handle_event(event, agent());
  say_what_is_due();
  if (const auto* found = std::get_if<ice::LocalCandidateFound>(&event)) {
    found_.push_back(found->candidate);
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
