#include "turn_five_tuple.h"

#include <algorithm>
#include <utility>

#include "floe/ice/limits.h"
#include "reach.h"

namespace floe::ice {

TurnFiveTuple::TurnFiveTuple(const List<LocalSocket>& sockets, const TurnServer& server,
                             StreamComponent component)
    : sockets_(sockets), server_(server), component_(component) {
  restart();
}

bool TurnFiveTuple::has(const TransportAddress& base, const TransportAddress& source) const {
  return !connection_ && remote_ == source && local_ == base;
}

const LocalSocket* TurnFiveTuple::socket() const {
  const auto place = std::ranges::find_if(sockets_, [&](const LocalSocket& socket) {
    return socket.id == component_ && (connection_ || socket.base == local_);
  });
  return place == sockets_.end() ? nullptr : &*place;
}

bool TurnFiveTuple::use_socket_from(const LocalSocket* first) {
  const auto socket = std::find_if(first, sockets_.end(), [&](const LocalSocket& candidate) {
    return candidate.id == component_ && may_reach(candidate.base.ip, server_.address.ip);
  });
  if (socket == sockets_.end()) return false;
  local_ = socket->base;
  return true;
}

bool TurnFiveTuple::use_first_socket() {
  return use_socket_from(sockets_.begin());
}

bool TurnFiveTuple::use_next_socket() {
  const auto tried = std::ranges::find(sockets_, local_, &LocalSocket::base);
  return tried != sockets_.end() && use_socket_from(tried + 1);
}

void TurnFiveTuple::restart() {
  remote_ = server_.address;
  remote_name_ = server_.server_name;
  redirects_ = 0;
}

/// RFC 8656, section 7.4: on 300 the client goes to the server that the answer names, at most
/// kRedirectsMax times, since some servers redirect to each other for ever. It never follows to a
/// loopback or link-local address unless the first server has one, too.
bool TurnFiveTuple::redirect(const turn::Redirected& redirected) {
  const TransportAddress& other = redirected.server;
  const bool is_possible = redirects_ < kRedirectsMax && can_be_reached(other) &&
                           other != remote_ && may_reach(server_.address.ip, other.ip);
  if (!is_possible) return false;
  ++redirects_;
  remote_ = other;
  if (!redirected.domain.empty()) remote_name_ = redirected.domain;
  return true;
}

TcpConnectionWanted TurnFiveTuple::connect(TcpConnectionId id) {
  connection_ = id;
  return {id, remote_, server_.transport, remote_name_};
}

std::optional<TcpConnectionId> TurnFiveTuple::disconnect() {
  return std::exchange(connection_, std::nullopt);
}

}  // namespace floe::ice
