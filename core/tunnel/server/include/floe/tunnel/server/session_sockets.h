// The sockets of one server session, by the ids that its client chose.
#pragma once

#include <optional>
#include <vector>

#include "floe/tunnel/records/ids.h"
#include "floe/tunnel/server/peer_table.h"
#include "floe/types/address.h"

namespace floe::tunnel {

struct SessionSocket {
  explicit SessionSocket(PeerTable table) : peers(std::move(table)) {}

  std::optional<TransportAddress> local;  ///< empty until the host has bound it
  PeerTable peers;
};

class SessionSockets {
 public:
  SessionSockets() = default;
  SessionSockets(std::uint16_t max_sockets, std::uint16_t max_peers, std::uint64_t hash_key)
      : max_sockets_(max_sockets), max_peers_(max_peers), hash_key_(hash_key) {}

  bool is_in_range(SocketId socket) const {
    return socket != SocketId{} && socket.value() <= max_sockets_;
  }

  /// The id must be in range and free.
  SessionSocket& open(SocketId socket) {
    if (sockets_.size() < socket.value()) sockets_.resize(socket.value());
    ++count_;
    return sockets_[index_of(socket)].emplace(PeerTable{max_peers_, hash_key_});
  }

  /// Bound or not; null when it is not open.
  SessionSocket* find(SocketId socket) {
    if (socket == SocketId{} || socket.value() > sockets_.size()) return nullptr;
    auto& slot = sockets_[index_of(socket)];
    return slot ? &*slot : nullptr;
  }

  SessionSocket* find_bound(SocketId socket) {
    SessionSocket* found = find(socket);
    return found != nullptr && found->local ? found : nullptr;
  }

  void close(SocketId socket) {
    if (find(socket) == nullptr) return;
    sockets_[index_of(socket)].reset();
    --count_;
  }

  /// The highest id that may be open.
  SocketId last() const { return SocketId{static_cast<std::uint16_t>(sockets_.size())}; }
  std::uint16_t size() const { return count_; }

 private:
  static std::size_t index_of(SocketId socket) { return socket.value() - std::size_t{1}; }

  std::uint16_t max_sockets_ = 0;
  std::uint16_t max_peers_ = 0;
  std::uint64_t hash_key_ = 0;
  std::uint16_t count_ = 0;
  std::vector<std::optional<SessionSocket>> sockets_;  // grows with the highest id, within limits
};

}  // namespace floe::tunnel
