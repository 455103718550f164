// The signalling server without its sockets: connections, admission, rate limits and rooms.
//
// Sans-I/O: the server reports an event, then carries out the actions of poll_action() until there
// are no more, then arms one timer for deadline(). All limits are in RoomLimits and limits.h; they
// bound what one connection can cost the others.
//
//   WebSocket accepted ─▶ open()      text came ─▶ handle_text()      it ended ─▶ handle_closed()
//   SendText, CloseConnection ◀─ poll_action()*
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "floe/api/random.h"
#include "floe/signal/room_action.h"
#include "floe/signal/room_counters.h"
#include "floe/signal/room_limits.h"
#include "floe/signal/room_message.h"
#include "floe/types/address.h"
#include "floe/types/time.h"

namespace floe::json {
class Value;
}

namespace floe::signal {

class ConnectionTable;
class RoomDirectory;

/// What the admission says of a join.
struct JoinVerdict {
  bool admitted = false;
  /// Why not: a sentence for the client's developer; empty: a general one. Valid until the next
  /// call.
  std::string_view why = {};
  /// Whose place it will be: while it is away, who has the same owner and name takes it.
  std::string owner = {};
};

/// Decides who may join. The token is opaque to everything else here.
class Admission {
 public:
  /// Asked once for each join.
  virtual JoinVerdict admit(ConnectionId connection, std::string_view room, const Join& join) = 0;

 protected:
  ~Admission() = default;
};

class Rooms {
 public:
  /// Objects passed by reference must outlive the rooms.
  Rooms(const RoomLimits& limits, Admission& admission, RandomSource& random);
  ~Rooms();
  Rooms(const Rooms&) = delete;
  Rooms& operator=(const Rooms&) = delete;

  /// A WebSocket for `room` was accepted; it has kJoinTimeout to join. False: `room` is not a valid
  /// name, or too many wait. The server should then answer 404 or 503; the rooms keep nothing.
  /// `network` is where it comes from: a limit counts by it.
  bool open(Timestamp now, ConnectionId connection, std::string_view room,
            const IpAddress& network = {});
  /// A text message came. Texts of connections that are not open here are ignored.
  void handle_text(Timestamp now, ConnectionId connection, std::string_view text);
  /// The WebSocket has ended: `closed` if its peer sent a Close frame with 1000 or 1001. Otherwise
  /// `timeout`, and the peer's place is kept for kHoldForDropped.
  void handle_closed(Timestamp now, ConnectionId connection, LeaveReason reason);

  void handle_timeout(Timestamp now);
  Timestamp deadline() const;
  std::optional<RoomAction> poll_action();

  std::size_t room_count() const;
  std::size_t connection_count() const;
  std::size_t joined_count() const;
  const RoomCounters& counters() const { return counters_; }

 private:
  bool is_too_fast(Timestamp now, ConnectionId id);
  void join(Timestamp now, ConnectionId id, const json::Value& message);
  void relay(Timestamp now, ConnectionId id, const json::Value& message);
  void refuse(ConnectionId id, RoomErrorCode code, std::string_view text);
  void refuse_and_close(ConnectionId id, RoomErrorCode code, std::string_view text);
  void close(ConnectionId id, std::uint16_t code, std::string_view reason);

  RoomLimits limits_;
  Admission& admission_;
  RoomActions actions_;
  RoomCounters counters_;
  std::unique_ptr<ConnectionTable> connections_;
  std::unique_ptr<RoomDirectory> directory_;
};

}  // namespace floe::signal
