#include "relays.h"

#include <algorithm>
#include <utility>

#include "floe/ice/limits.h"
#include "floe/stun/demultiplex.h"
#include "floe/stun/message.h"
#include "reach.h"
#include "stun_gatherer.h"

namespace floe::ice {
namespace {

/// What TURN sends on a socket that it shares with ICE: everything of STUN but Binding, and
/// channels.
bool is_of_turn(Bytes datagram) {
  if (demultiplex(datagram) == DatagramKind::turn_channel) return true;
  if (!stun::looks_like_stun(datagram)) return false;
  const auto type = static_cast<std::uint16_t>(datagram[0] << 8 | datagram[1]);
  return stun::method_of(type) != stun::Method::binding;
}

}  // namespace

// Servers and sockets -----------------------------------------------------------------------------

bool Relays::add_server(const TurnServer& server) {
  const auto known = std::ranges::find_if(servers_, [&](const TurnServer& other) {
    return other.address == server.address && other.transport == server.transport;
  });
  if (known != servers_.end()) {
    *known = server;
    return true;
  }
  if (!can_be_reached(server.address) || servers_.size() == kTurnServersMax) return false;
  servers_.push_back(server);
  for (const LocalSocket& socket : sockets_) want(servers_.size() - 1, socket);
  return true;
}

void Relays::add_socket(const LocalSocket& socket) {
  sockets_.push_back(socket);
  for (std::size_t server = 0; server < servers_.size(); ++server) want(server, socket);
}

/// One allocation for each server and component: what another socket would give is one more address
/// at the same server, and costs it as much.
void Relays::want(std::size_t server, const LocalSocket& socket) {
  const TurnServer& asked = servers_[server];
  const bool is_stream = turn::is_stream(asked.transport);
  if (!is_stream && !may_reach(socket.base.ip, asked.address.ip)) return;
  const auto place = std::ranges::find_if(relays_, [&](const Relay& relay) {
    return relay.server == server && relay.component == socket.id;
  });
  const bool is_new = place == relays_.end();
  if (is_new ? relays_.size() == kAllocationsMax : place->state != RelayState::over) return;
  Relay& relay = is_new ? relays_.emplace_back() : *place;
  relay.server = server;
  relay.component = socket.id;
  relay.base = is_stream ? TransportAddress() : socket.base;
  start_over(relay);
}

void Relays::start_over(Relay& relay) const {
  relay.target = servers_[relay.server].address;
  relay.server_name = servers_[relay.server].server_name;
  relay.redirects = 0;
  relay.state = RelayState::waiting;
}

void Relays::remove_socket(const TransportAddress& base) {
  sockets_.erase_if([&](const LocalSocket& socket) { return socket.base == base; });
  for (Relay& relay : relays_) {
    if (relay.base != base || relay.state == RelayState::over) continue;
    if (turn::is_stream(servers_[relay.server].transport)) continue;
    for (const TransportAddress& relayed : relay.relayed) events_.push_back(Gone{relayed});
    relay.relayed.clear();
    relay.state = RelayState::over;
    retire(relay);
  }
  // Another socket of the family may do as well.
  for (const LocalSocket& socket : sockets_) {
    for (std::size_t server = 0; server < servers_.size(); ++server) want(server, socket);
  }
}

const LocalSocket* Relays::socket_of(const Relay& relay) const {
  const auto place = std::ranges::find_if(sockets_, [&](const LocalSocket& socket) {
    return socket.id == relay.component && (relay.stream || socket.base == relay.base);
  });
  return place == sockets_.end() ? nullptr : &*place;
}

Relay* Relays::find(TcpConnectionId id) {
  const auto place = std::ranges::find(relays_, std::optional(id), &Relay::stream);
  return place == relays_.end() ? nullptr : &*place;
}

const Relay* Relays::find(const TransportAddress& relayed) const {
  const auto place = std::ranges::find_if(relays_, [&](const Relay& relay) {
    return std::ranges::find(relay.relayed, relayed) != relay.relayed.end();
  });
  return place == relays_.end() ? nullptr : &*place;
}

Relay* Relays::find(const TransportAddress& relayed) {
  return const_cast<Relay*>(std::as_const(*this).find(relayed));
}

std::optional<RelayRoute> Relays::route_of(const TransportAddress& relayed) const {
  const Relay* relay = find(relayed);
  if (relay == nullptr) return std::nullopt;
  return RelayRoute{servers_[relay->server].address, servers_[relay->server].transport};
}

// What arrives, and what is sent ------------------------------------------------------------------

bool Relays::handle_datagram(Timestamp now, const TransportAddress& base,
                             const TransportAddress& source, Bytes payload) {
  retired_.clear();
  const auto relay = std::ranges::find_if(relays_, [&](const Relay& candidate) {
    return candidate.allocation && !candidate.stream && candidate.target == source &&
           candidate.base == base;
  });
  if (relay == relays_.end() || !is_of_turn(payload)) return false;
  relay->was_heard = true;
  relay->allocation->handle_message(now, payload);
  drain(now, *relay);
  return true;
}

void Relays::handle_tcp_connected(Timestamp now, TcpConnectionId id,
                                  const TransportAddress& local) {
  retired_.clear();
  Relay* relay = find(id);
  if (relay == nullptr || relay->state != RelayState::connecting) return;
  relay->was_heard = true;
  relay->base = local;
  allocate(now, *relay);
}

void Relays::handle_tcp_bytes(Timestamp now, TcpConnectionId id, Bytes bytes) {
  retired_.clear();
  Relay* relay = find(id);
  if (relay == nullptr || !relay->allocation) return;
  relay->allocation->handle_tcp_bytes(now, bytes);
  drain(now, *relay);
}

void Relays::handle_tcp_closed(Timestamp now, TcpConnectionId id, std::string_view reason) {
  retired_.clear();
  Relay* relay = find(id);
  if (relay == nullptr) return;
  const bool was_allocated = relay->state == RelayState::allocated;
  relay->stream.reset();
  if (was_allocated) return lose(now, *relay, kServerUnreachable, reason);
  if (relay->is_pending()) return fail(*relay, kServerUnreachable, reason);
  relay->state = RelayState::over;
  retire(*relay);
}

void Relays::send(Timestamp now, const TransportAddress& relayed, const TransportAddress& peer,
                  Bytes payload) {
  Relay* relay = find(relayed);
  if (relay == nullptr || !relay->allocation) return;
  relay->allocation->send(now, peer, payload);
  drain(now, *relay);
}

std::optional<Relays::Event> Relays::poll_event() {
  if (next_event_ == events_.size()) {
    events_.clear();
    next_event_ = 0;
    return std::nullopt;
  }
  return events_[next_event_++];
}

// Time --------------------------------------------------------------------------------------------

void Relays::progress(Timestamp now) {
  for (Relay& relay : relays_) {
    if (relay.allocation && now >= relay.allocation->deadline()) {
      relay.allocation->handle_timeout(now);
      drain(now, relay);
    }
    const bool is_asked = relay.is_pending() && relay.state != RelayState::waiting;
    if (is_asked && now >= given_up_at(relay)) {
      take_failure(now, relay, {turn::kNoCode, turn::Reason("TURN server did not answer")});
    }
  }
  const auto next = std::ranges::find(relays_, RelayState::waiting, &Relay::state);
  if (next == relays_.end() || !core_.pacer.slot_is_free(now)) return;
  core_.pacer.take_slot(now);
  begin(now, *next);
}

Timestamp Relays::given_up_at(const Relay& relay) const {
  const bool is_stream = turn::is_stream(servers_[relay.server].transport);
  return relay.begun_at + (is_stream ? kRelayStreamTimeout : kRelayTimeout);
}

Timestamp Relays::deadline() const {
  Timestamp earliest = release_at_;
  for (const Relay& relay : relays_) {
    if (relay.state == RelayState::waiting) {
      earliest = std::min(earliest, core_.pacer.next_slot());
    } else if (relay.is_pending()) {
      earliest = std::min(earliest, given_up_at(relay));
    }
    if (relay.allocation) earliest = std::min(earliest, relay.allocation->deadline());
  }
  return earliest;
}

/// A server that lives is waited for; of one that has said nothing at all the others tell how long
/// an answer takes here.
Timestamp Relays::patience_ends_at(const Relay& relay, bool others_answered) const {
  if (relay.state == RelayState::waiting) return kNever;
  const Duration patience = relay.was_heard || !others_answered ? kRelayTimeout : kSilencePatience;
  return relay.begun_at + patience;
}

Timestamp Relays::awaited_until(bool others_answered) const {
  const bool any_heard = others_answered || std::ranges::any_of(relays_, &Relay::was_heard);
  Timestamp latest = Timestamp::min();
  for (const Relay& relay : relays_) {
    if (relay.is_pending()) latest = std::max(latest, patience_ends_at(relay, any_heard));
  }
  return latest;
}

}  // namespace floe::ice
