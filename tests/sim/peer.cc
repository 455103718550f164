#include "peer.h"

#include <algorithm>
#include <cstdlib>

namespace floe::sim {

Peer::Peer(World& world, SimHost& host, const PeerOptions& options)
    : world_(world),
      host_(host),
      options_(options),
      api_(make_api()),
      driver_(api_, options.agent, *this, options.shared_pacer),
      checker_(world, host, driver_.agent(), options.agent.pacing, options.shared_pacing) {
  if (options.checks_paths) {
    path_checker_.emplace(world, host, driver_.agent(), options.security.has_value());
  }
  if (options.security) security_checker_.emplace(world, host);
  driver_.input([&](peer::Connection& connection, Timestamp) {
    connection.negotiate({.trickle = options.trickle});
    if (options.security) (void)connection.secure(*options.security);
    if (options.recovers) connection.recover();
  });
}

Host Peer::make_api() {
  const Host host = host_.api();
  if (!options_.is_gated && std::getenv("FLOE_SIM_GATED") == nullptr) return host;
  gates_.emplace(host.datagram_sockets, host.clock);
  return Host{.clock = host.clock,
              .timers = host.timers,
              .datagram_sockets = *gates_,
              .network = host.network,
              .random = host.random,
              .crypto = host.crypto,
              .log = host.log,
              .resolver = host.resolver,
              .streams = host.streams,
              .local_names = host.local_names};
}

// Signalling --------------------------------------------------------------------------------------

void Peer::signal_to(Peer& other, Duration delay) {
  other_ = &other;
  path_ = std::make_unique<SignallingPath>(world_, other.host_, delay);
  driver_.input([](peer::Connection& connection, Timestamp) { connection.announce(); });
}

void Peer::restart() {
  driver_.input([](peer::Connection& connection, Timestamp now) { connection.restart(now); });
}

void Peer::hear(const signal::Message& message) {
  driver_.input([&](peer::Connection& connection, Timestamp now) {
    connection.handle_message(now, message);
  });
  checker_.note_signal(session().peer_is_lite());
}

void Peer::on_message_ready(const signal::Message& message) {
  path_->send([this, said = message] { other_->hear(said); });
}

void Peer::on_message_error(const signal::SessionError& error) {
  world_.trace().note(world_.now(), host_.name(), signal::to_text(error));
}

// What its agent tells ----------------------------------------------------------------------------

bool Peer::connected() const {
  return driver_.connection().is_connected();
}

bool Peer::has_path() const {
  return std::ranges::any_of(agent().pairs(), &ice::CandidatePair::is_valid);
}

void Peer::on_agent_event(const ice::Event& event) {
  checker_.note_event(event);
  if (path_checker_) path_checker_->note_event(event);
  if (security_checker_) security_checker_->note_event(event);
  if (const auto* found = std::get_if<ice::LocalCandidateFound>(&event)) {
    found_.push_back(found->candidate);
  } else if (const auto* state = std::get_if<ice::StateChanged>(&event)) {
    states_.push_back(state->state);
    world_.trace().note(world_.now(), host_.name(), to_text(state->state));
  } else if (const auto* data = std::get_if<ice::DataReceived>(&event)) {
    received_.emplace_back(as_text(data->payload));
  }
}

void Peer::on_connection_secured(const peer::Secured& secured) {
  security_checker_->note_secured(secured);
}

void Peer::on_connection_insecure(const peer::SecurityFailed& failed) {
  security_checker_->note_failed(failed);
}

void start(Peer& left, Peer& right, Duration signalling_delay) {
  left.gather();
  right.gather();
  left.signal_to(right, signalling_delay);
  right.signal_to(left, signalling_delay);
}

}  // namespace floe::sim
