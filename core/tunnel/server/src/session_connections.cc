#include "floe/tunnel/server/session_connections.h"

#include <algorithm>

namespace floe::tunnel {

SessionConnection* SessionConnections::find(TcpId id) {
  const auto place = std::ranges::find(connections_, id, &SessionConnection::id);
  return place == connections_.end() ? nullptr : &*place;
}

void SessionConnections::remove(TcpId id) {
  std::erase_if(connections_, [id](const SessionConnection& one) { return one.id == id; });
}

}  // namespace floe::tunnel
