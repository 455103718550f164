// What an agent does with its relays: their addresses are candidates, and what comes through them
// is taken as if it had come to a socket.
#include <algorithm>

#include "floe/ice/agent.h"

namespace floe::ice {

bool Agent::add_turn_server(Timestamp now, const TurnServer& server) {
  if (state_ == State::closed || core_.is_lite()) return false;
  if (!turn_clients_) {
    turn_clients_ = std::make_unique<TurnClients>(core_);
    for (const LocalSocket& socket : gatherer_.sockets()) turn_clients_->add_socket(socket);
  }
  const bool added = turn_clients_->add_server(server);
  settle(now);
  return added;
}

void Agent::handle_tcp_connected(Timestamp now, TcpConnectionId id, const TransportAddress& local) {
  if (state_ == State::closed || !turn_clients_) return;
  turn_clients_->handle_tcp_connected(now, id, local);
  settle(now);
}

void Agent::handle_tcp_bytes(Timestamp now, TcpConnectionId id, Bytes bytes) {
  if (state_ == State::closed || !turn_clients_) return;
  ++core_.counters.datagrams_received;
  core_.counters.bytes_received += bytes.size();
  turn_clients_->handle_tcp_bytes(now, id, bytes);
  settle(now);
}

void Agent::handle_tcp_closed(Timestamp now, TcpConnectionId id, std::string_view reason) {
  if (state_ == State::closed || !turn_clients_) return;
  turn_clients_->handle_tcp_closed(now, id, reason);
  settle(now);
}

void Agent::relay_data(Timestamp now, const Route& route, Bytes payload) {
  if (turn_clients_) turn_clients_->send(now, route.local, route.remote, payload);
}

bool Agent::take_relay_events(Timestamp now) {
  bool has_news = false;
  while (const auto event = turn_clients_->poll_event()) {
    if (const auto* data = std::get_if<RelayedData>(&*event)) {
      has_news = handle_relayed(now, data->relayed, data->peer, data->payload) || has_news;
    } else {
      take_relay_event(now, *event);
      has_news = true;
    }
  }
  return has_news;
}

bool Agent::handle_relayed(Timestamp now, const TransportAddress& local,
                           const TransportAddress& remote, Bytes payload) {
  if (!stun::looks_like_stun(payload)) {
    handle_data(now, local, remote, payload);
    return false;
  }
  handle_stun(now, local, remote, payload);
  return true;
}

void Agent::take_relay_event(Timestamp now, const TurnEvent& event) {
  if (const auto* relayed = std::get_if<RelayedAddressFound>(&event)) {
    // RFC 8445, section 5.1.1.2: the answer to an Allocate "will provide the client with a
    // server-reflexive candidate", too.
    const bool tells_mapping = relayed->mapped && shows_own_addresses() &&
                               relayed->route.transport == turn::Transport::udp;
    if (tells_mapping) {
      current_->add_server_reflexive({relayed->socket, *relayed->mapped, relayed->route.server.ip});
    }
    current_->add_relayed(*relayed, !shows_own_addresses());
  } else if (const auto* gone = std::get_if<RelayedAddressLost>(&event)) {
    current_->remove_local_socket(now, gone->relayed, PairFailure::relay_gone);
    if (previous_) previous_->remove_local_socket(now, gone->relayed, PairFailure::relay_gone);
  } else if (const auto* refused = std::get_if<RelayedPeerRefused>(&event)) {
    current_->refuse_relayed_peer(now, *refused);
    if (previous_) previous_->refuse_relayed_peer(now, *refused);
  }
}

/// RFC 8445, section 8.3: once ICE is done, what no selected pair goes through is released, after
/// three seconds in which the peer's late checks may still be answered.
void Agent::tend_relays(Timestamp now) {
  turn_clients_->set_wanted(now,
                            [this](const TransportAddress& relayed, turn::WantedPeers& wanted) {
                              current_->add_wanted_of(relayed, wanted);
                              if (previous_) previous_->add_wanted_of(relayed, wanted);
                            });
  turn_clients_->release_unused(
      now, current_->is_completed() && !previous_,
      [this](const TransportAddress& relayed) { return current_->may_use(relayed); });
  take_relay_events(now);
}

Timestamp Agent::relays_deadline() const {
  const Timestamp earliest = turn_clients_->deadline();
  if (gathering_state_ == GatheringState::complete || !sockets_ended_) return earliest;
  const Timestamp awaited = turn_clients_->awaited_until(gatherer_.has_answers());
  return awaited > settled_at_ ? std::min(earliest, awaited) : earliest;
}

std::optional<Output> Agent::poll_output() {
  while (auto output = core_.out.poll()) {
    if (const auto* transmit = std::get_if<Transmit>(&*output)) {
      if (is_relayed(transmit->local)) {
        // It comes again in what the relay makes of it.
        turn_clients_->send(settled_at_, transmit->local, transmit->remote, transmit->payload);
        continue;
      }
      count_sent(transmit->payload.size());
    } else if (const auto* message = std::get_if<TcpTransmit>(&*output)) {
      count_sent(message->payload.size());
    }
    return output;
  }
  return std::nullopt;
}

}  // namespace floe::ice
