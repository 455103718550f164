#include "turn_clients.h"

#include <utility>

#include "floe/ice/limits.h"
#include "floe/stun/demultiplex.h"
#include "floe/stun/message.h"
#include "floe/turn/channel_data.h"
#include "reach.h"

namespace floe::ice {
namespace {

/// Whether a datagram on a socket that ICE uses, too, belongs to TURN: ChannelData, or a STUN
/// message of any method except Binding.
bool is_of_turn(Bytes datagram) {
  if (demultiplex(datagram) == DatagramKind::turn_channel) return true;
  if (!stun::looks_like_stun(datagram)) return false;
  const auto type = static_cast<std::uint16_t>(datagram[0] << 8 | datagram[1]);
  return stun::method_of(type) != stun::Method::binding;
}

}  // namespace

// Servers and sockets -----------------------------------------------------------------------------

bool TurnClients::add_server(const TurnServer& server) {
  const auto known = std::ranges::find_if(
      servers_, [&](const TurnServer& other) { return other.is_same_as(server); });
  if (known != servers_.end()) {
    *known = server;
    for (TurnClient& client : clients_) {
      if (client.five_tuple().server().is_same_as(server)) client.set_server(server);
    }
    return true;
  }
  if (!can_be_reached(server.address) || servers_.size() == kTurnServersMax) return false;
  servers_.push_back(server);
  for (const LocalSocket& socket : sockets_) add_client(server, socket);
  return true;
}

void TurnClients::add_socket(const LocalSocket& socket) {
  for (const TurnServer& server : servers_) add_client(server, socket);
}

/// One allocation for each server and component: from another socket the server would give one more
/// address of the same kind, at the same cost.
void TurnClients::add_client(const TurnServer& server, const LocalSocket& socket) {
  const bool is_stream = turn::is_stream(server.transport);
  if (!is_stream && !may_reach(socket.base.ip, server.address.ip)) return;
  const auto known = std::ranges::find_if(clients_, [&](const TurnClient& client) {
    return client.five_tuple().server().is_same_as(server) &&
           client.five_tuple().component() == socket.id;
  });
  if (known != clients_.end()) {
    // The network may have changed, so a client that rests need not wait any longer.
    const bool is_idle =
        known->state() == TurnClient::State::over || known->state() == TurnClient::State::resting;
    if (is_idle) known->use_socket(socket.base);
    return;
  }
  if (clients_.size() == kAllocationsMax) return;
  clients_.emplace_back(core_, sockets_, events_, clients_.size(), server, socket.id)
      .use_socket(socket.base);
}

void TurnClients::remove_socket(const TransportAddress& base) {
  for (TurnClient& client : clients_) client.remove_socket(base);
  // Another socket of the same family may reach the server as well.
  for (const LocalSocket& socket : sockets_) {
    for (const TurnServer& server : servers_) add_client(server, socket);
  }
}

void TurnClients::release_ended() {
  for (TurnClient& client : clients_) client.release_ended();
}

TurnClient* TurnClients::find(TcpConnectionId id) {
  const auto place = std::ranges::find_if(
      clients_, [&](const TurnClient& client) { return client.five_tuple().connection() == id; });
  return place == clients_.end() ? nullptr : &*place;
}

const TurnClient* TurnClients::find(const TransportAddress& relayed) const {
  const auto place = std::ranges::find_if(
      clients_, [&](const TurnClient& client) { return client.relayed().contains(relayed); });
  return place == clients_.end() ? nullptr : &*place;
}

std::optional<RelayRoute> TurnClients::route_of(const TransportAddress& relayed) const {
  const TurnClient* client = find(relayed);
  if (client == nullptr) return std::nullopt;
  const TurnServer& server = client->five_tuple().server();
  return RelayRoute{server.address, server.transport};
}

// Messages and data -------------------------------------------------------------------------------

bool TurnClients::handle_datagram(Timestamp now, const TransportAddress& base,
                                  const TransportAddress& source, Bytes payload) {
  release_ended();
  const auto client = std::ranges::find_if(
      clients_, [&](const TurnClient& candidate) { return candidate.is_at(base, source); });
  if (client == clients_.end() || !is_of_turn(payload)) return false;
  client->handle_datagram(now, payload);
  return true;
}

void TurnClients::handle_tcp_connected(Timestamp now, TcpConnectionId id,
                                       const TransportAddress& local) {
  release_ended();
  if (TurnClient* client = find(id)) client->handle_tcp_connected(now, local, rto());
}

void TurnClients::handle_tcp_bytes(Timestamp now, TcpConnectionId id, Bytes bytes) {
  release_ended();
  if (TurnClient* client = find(id)) client->handle_tcp_bytes(now, bytes);
}

void TurnClients::handle_tcp_closed(Timestamp now, TcpConnectionId id, std::string_view reason) {
  release_ended();
  if (TurnClient* client = find(id)) client->handle_tcp_closed(now, reason);
}

SendResult TurnClients::send(Timestamp now, const TransportAddress& relayed,
                             const TransportAddress& peer, Bytes payload) {
  if (payload.size() > turn::kPayloadSizeMax) return SendResult::too_large;
  for (TurnClient& client : clients_) {
    if (!client.relayed().contains(relayed)) continue;
    return client.send(now, peer, payload) ? SendResult::sent : SendResult::queue_full;
  }
  return SendResult::refused;
}

void TurnClients::restart(Timestamp now) {
  for (TurnClient& client : clients_) client.restart(now);
}

void TurnClients::close(Timestamp now) {
  for (TurnClient& client : clients_) client.close(now);
}

// Time --------------------------------------------------------------------------------------------

void TurnClients::handle_timeout(Timestamp now) {
  for (TurnClient& client : clients_) client.handle_timeout(now);
  const auto next = std::ranges::find(clients_, TurnClient::State::waiting, &TurnClient::state);
  if (next == clients_.end() || !core_.pacer.slot_is_free(now)) return;
  core_.pacer.take_slot(now);
  if (next->five_tuple().is_stream()) {
    next->connect(now, TcpConnectionId(++connections_begun_));
  } else {
    next->allocate(now, rto());
  }
}

/// RFC 8445, section 14.3, as for all requests of gathering.
Duration TurnClients::rto() const {
  return std::max<Duration>(stun::kInitialRto,
                            core_.pacer.ta() * static_cast<std::int64_t>(clients_.size()));
}

Timestamp TurnClients::deadline() const {
  Timestamp earliest = release_at_;
  for (const TurnClient& client : clients_) earliest = std::min(earliest, client.deadline());
  return earliest;
}

Timestamp TurnClients::awaited_until(bool others_answered) const {
  const bool any_answered =
      others_answered || std::ranges::any_of(clients_, &TurnClient::was_heard);
  Timestamp latest = Timestamp::min();
  for (const TurnClient& client : clients_) {
    latest = std::max(latest, client.awaited_until(any_answered));
  }
  return latest;
}

}  // namespace floe::ice
