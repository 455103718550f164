#include "peer.h"

namespace floe::sim {

Peer::Peer(World& world, SimHost& host, const PeerOptions& options)
    : world_(world),
      host_(host),
      options_(options),
      api_(host.api()),
      driver_(api_, options.agent, *this, options.shared_pacer),
      checker_(world, host, driver_.agent(), options.agent.pacing, options.shared_pacing) {}

// What it says ------------------------------------------------------------------------------------

void Peer::signal_to(Peer& other, Duration delay) {
  other_ = &other;
  path_ = std::make_unique<SignallingPath>(world_, other.host_, delay);
  if (may_signal()) signal_description();
}

void Peer::restart() {
  driver_.input([](ice::Agent& agent, Timestamp now) { agent.restart(now); });
  if (may_signal()) signal_description();
}

void Peer::signal_description() {
  const ice::SessionDescription description{agent().local_credentials(), false};
  path_->send([this, description] { other_->hear_description(description); });
  for (const ice::Candidate& candidate : agent().local_candidates()) signal_candidate(candidate);
  if (gathered()) signal_end();
}

void Peer::signal_candidate(const ice::Candidate& candidate) {
  // Contracts of signalling: "Peer-reflexive candidates are never sent".
  if (candidate.type == ice::CandidateType::peer_reflexive) return;
  path_->send([this, ufrag = agent().local_credentials().ufrag, candidate] {
    other_->hear_candidate(ufrag, candidate);
  });
}

void Peer::signal_end() {
  path_->send([this, ufrag = agent().local_credentials().ufrag] { other_->hear_end(ufrag); });
}

// What it hears -----------------------------------------------------------------------------------

void Peer::hear_description(const ice::SessionDescription& description) {
  const auto known = agent().remote_credentials();
  const bool is_restart = known && *known != description.credentials;
  if (is_restart) driver_.input([](ice::Agent& agent, Timestamp now) { agent.restart(now); });
  driver_.input(
      [&](ice::Agent& agent, Timestamp now) { agent.set_remote_description(now, description); });
  if (is_restart && may_signal()) signal_description();
}

bool Peer::is_peers_generation(const std::string& ufrag) const {
  const auto known = agent().remote_credentials();
  return known && known->ufrag == ufrag;
}

void Peer::hear_candidate(const std::string& ufrag, const ice::Candidate& candidate) {
  if (!is_peers_generation(ufrag)) return;
  driver_.input(
      [&](ice::Agent& agent, Timestamp now) { agent.add_remote_candidate(now, candidate); });
  checker_.note_remote_candidate();
}

void Peer::hear_end(const std::string& ufrag) {
  if (!is_peers_generation(ufrag)) return;
  driver_.input([](ice::Agent& agent, Timestamp now) { agent.end_of_remote_candidates(now); });
}

// What its agent tells ----------------------------------------------------------------------------

bool Peer::connected() const {
  return agent().state() == ice::State::connected || agent().state() == ice::State::completed;
}

void Peer::on_agent_event(const ice::Event& event) {
  checker_.note_event(event);
  if (const auto* found = std::get_if<ice::LocalCandidateFound>(&event)) {
    found_.push_back(found->candidate);
    if (path_ && options_.trickle) signal_candidate(found->candidate);
  } else if (const auto* gathering = std::get_if<ice::GatheringChanged>(&event)) {
    if (gathering->state != ice::GatheringState::complete || !path_) return;
    options_.trickle ? signal_end() : signal_description();
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
