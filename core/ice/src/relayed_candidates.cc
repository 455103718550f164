#include "relayed_candidates.h"

namespace floe::ice {

// Servers and sockets ---------------------------------------------------------------------------

bool RelayedCandidates::add_server(const TurnServer& server) {
  if (!relays_) {
    relays_ = std::make_unique<Relays>(core_);
    for (const LocalSocket& socket : gatherer_.sockets()) relays_->add_socket(socket);
  }
  return relays_->add_server(server);
}

void RelayedCandidates::add_socket(const LocalSocket& socket) {
  if (relays_) relays_->add_socket(socket);
}

void RelayedCandidates::remove_socket(const TransportAddress& base) {
  if (relays_) relays_->remove_socket(base);
}

void RelayedCandidates::restart(Timestamp now) {
  if (relays_) relays_->restart(now);
}

void RelayedCandidates::close(Timestamp now) {
  if (relays_) relays_->close(now);
}

// Messages and time -----------------------------------------------------------------------------

bool RelayedCandidates::handle_datagram(Timestamp now, const Route& path, Bytes payload) {
  return relays_ && relays_->handle_datagram(now, path.local, path.remote, payload);
}

void RelayedCandidates::send(Timestamp now, const Route& route, Bytes payload) {
  if (relays_) relays_->send(now, route.local, route.remote, payload);
}

void RelayedCandidates::update(Timestamp now) {
  if (relays_) relays_->progress(now);
}

Timestamp RelayedCandidates::awaited_until() const {
  return relays_ ? relays_->awaited_until(gatherer_.has_answers()) : Timestamp::min();
}

std::optional<RelayRoute> RelayedCandidates::route_of(const TransportAddress& relayed) const {
  return relays_ ? relays_->route_of(relayed) : std::nullopt;
}

// Between relays and generations ----------------------------------------------------------------

std::optional<Relays::Data> RelayedCandidates::poll_data(Timestamp now, bool& any) {
  while (const auto event = relays_ ? relays_->poll_event() : std::nullopt) {
    if (const auto* data = std::get_if<Relays::Data>(&*event)) return *data;
    handle_event(now, *event);
    any = true;
  }
  return std::nullopt;
}

void RelayedCandidates::handle_event(Timestamp now, const Relays::Event& event) {
  if (const auto* relayed = std::get_if<Relays::Relayed>(&event)) {
    CandidateExchange& candidates = generations_.current().candidates();
    // RFC 8445, section 5.1.1.2: the answer to an Allocate "will provide the client with a
    // server-reflexive candidate", too.
    const bool tells_mapping = relayed->mapped && core_.shows_own_addresses() &&
                               relayed->route.transport == turn::Transport::udp;
    if (tells_mapping) {
      candidates.add_server_reflexive(
          {relayed->socket, *relayed->mapped, relayed->route.server.ip});
    }
    candidates.add_relayed(*relayed, !core_.shows_own_addresses());
  } else if (const auto* gone = std::get_if<Relays::Gone>(&event)) {
    generations_.remove_base(now, gone->relayed, PairFailure::relay_gone);
  } else if (const auto* refused = std::get_if<Relays::PeerRefused>(&event)) {
    generations_.refuse_relayed_peer(now, *refused);
  }
}

/// RFC 8445, section 8.3: once ICE is done, relays that no selected pair goes through are released,
/// after three seconds in which the peer's late checks may still be answered.
void RelayedCandidates::update_needs(Timestamp now) {
  if (!relays_) return;
  relays_->set_needs(now, [this](const TransportAddress& relayed, Relays::Needs& needs) {
    generations_.add_relay_needs(relayed, needs);
  });
  relays_->release_unused(now, generations_.is_completed(),
                          [this](const TransportAddress& relayed) {
                            return generations_.current().relay_demand().may_use(relayed);
                          });
}

}  // namespace floe::ice
