// The connections of a signalling server, and the deadline by which each must have joined.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "floe/signal/room_action.h"
#include "floe/types/address.h"
#include "floe/types/time.h"
#include "token_bucket.h"

namespace floe::signal {

class ConnectionTable {
 public:
  struct Connection {
    std::string room;
    IpAddress network;
    TokenBucket rate;
    std::uint32_t dropped_in_a_row = 0;  // messages beyond the rate
    Timestamp join_deadline = kNever;    // kNever: it has joined

    bool has_joined() const { return join_deadline == kNever; }
  };

  /// False when the id is known.
  bool add(ConnectionId id, std::string_view room, const IpAddress& network,
           std::uint32_t messages_per_second, Timestamp join_deadline);
  /// Pointers are valid until the connection is removed.
  Connection* find(ConnectionId id);
  /// The connection must be in the table.
  void set_joined(ConnectionId id);
  /// The name of the room that the connection was for; nothing when the id is not known.
  std::optional<std::string> remove(ConnectionId id);

  std::size_t size() const { return connections_.size(); }
  std::size_t waiting() const { return deadlines_.size(); }
  std::size_t joined() const { return connections_.size() - deadlines_.size(); }
  /// A connection that has not joined in time.
  std::optional<ConnectionId> find_late(Timestamp now) const;
  Timestamp deadline() const;

 private:
  std::map<ConnectionId, Connection> connections_;
  std::set<std::pair<Timestamp, ConnectionId>> deadlines_;  // of connections that have not joined
};

}  // namespace floe::signal
