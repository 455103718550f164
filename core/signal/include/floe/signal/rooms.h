// The signalling server without its sockets: connections, who may join, how fast, and the rooms.
//
// Sans-I/O: the server tells what happened, then carries out poll_action() until there is nothing
// more, then arms one timer for deadline(). All limits are in RoomLimits and limits.h; what one
// connection does can cost the others no more than these.
//
//   WebSocket accepted ─▶ open()      text came ─▶ handle_text()      it ended ─▶ closed()
//   SendText, CloseConnection ◀─ poll_action()*
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "floe/api/random.h"
#include "floe/signal/limits.h"
#include "floe/signal/room.h"
#include "floe/signal/token_bucket.h"

namespace floe::signal {

/// Who may join; asked once for each join. The token is opaque to everything else here.
class Admission {
 public:
  virtual bool admits(std::string_view room, std::string_view name, std::string_view token) = 0;

 protected:
  ~Admission() = default;
};

struct RoomLimits {
  std::size_t connections = 4096;
  std::size_t rooms = 4096;
  std::size_t peers_per_room = 16;             ///< away ones too; at most kPeersListedMax + 1
  std::size_t held_bytes = 32u * 1024 * 1024;  ///< of all messages held in all rooms
  std::uint32_t messages_per_second = kMessagesPerSecondMax;  ///< of one connection
  std::uint32_t flood_in_a_row = 500;  ///< messages over that rate after which it is closed
};

class Rooms {
 public:
  /// What is passed by reference must outlive the rooms.
  Rooms(const RoomLimits& limits, Admission& admission, RandomSource& random);

  /// A WebSocket for `room` was accepted; it has kJoinTimeout to join. False: not a name, or too
  /// many connections. The server should then answer 404 or 503, and nothing is kept.
  bool open(Timestamp now, ConnectionId connection, std::string_view room);
  /// A text message came. Of connections that are not open here, nothing is heard.
  void handle_text(Timestamp now, ConnectionId connection, std::string_view text);
  /// The WebSocket has ended: `closed` if its peer sent a Close frame with 1000 or 1001, else
  /// `timeout`, and its place is kept for kHoldForDropped.
  void closed(Timestamp now, ConnectionId connection, LeaveReason reason);

  void handle_timeout(Timestamp now);
  Timestamp deadline() const;
  std::optional<RoomAction> poll_action();

  std::size_t room_count() const { return rooms_.size(); }
  std::size_t connection_count() const { return connections_.size(); }
  const RoomCounters& counters() const { return counters_; }

 private:
  struct Connection {
    std::string room;
    TokenBucket rate;
    std::uint32_t dropped_in_a_row = 0;
    Timestamp join_deadline = kNever;  // kNever: it has joined
  };
  struct Entry {
    Room room;
    Timestamp armed_for = kNever;
  };

  bool is_too_fast(Timestamp now, ConnectionId id, Connection& connection);
  void join(Timestamp now, ConnectionId id, Connection& connection, const json::Value& message);
  Room* find_or_make(const std::string& name);
  void relay(Timestamp now, ConnectionId id, const Connection& connection,
             const json::Value& message);
  void refuse(ConnectionId id, RoomErrorCode code, std::string_view text);
  void refuse_and_close(ConnectionId id, RoomErrorCode code, std::string_view text);
  void forget(ConnectionId id, std::uint16_t code, std::string_view reason);
  void rearm(const std::string& name);

  RoomLimits limits_;
  Admission& admission_;
  RoomActions actions_;
  RoomCounters counters_;
  ByteBudget budget_;
  Room::Shared shared_;
  std::map<ConnectionId, Connection> connections_;
  std::map<std::string, Entry> rooms_;
  std::set<std::pair<Timestamp, ConnectionId>> join_deadlines_;
  std::set<std::pair<Timestamp, std::string>> room_deadlines_;
};

}  // namespace floe::signal
