#include "floe/ice/turn_five_tuple.h"

#include <utility>

#include "floe/ice/limits.h"
#include "floe/ice/reach.h"

namespace floe::ice {

void TurnFiveTuple::restart() {
  remote_ = server_.address;
  remote_name_ = server_.server_name;
  redirects_ = 0;
}

/// RFC 8656, section 7.4: on 300 the client goes to the server that is named, at most kRedirectsMax
/// times: there are servers that send each other's clients to and fro. Never to an address that
/// only this host itself could have.
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
