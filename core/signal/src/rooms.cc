#include "floe/signal/rooms.h"

#include <algorithm>

#include "floe/signal/message_codec.h"

namespace floe::signal {

Rooms::Rooms(const RoomLimits& limits, Admission& admission, RandomSource& random)
    : limits_(limits),
      admission_(admission),
      budget_(limits.held_bytes),
      shared_{actions_, counters_, budget_, random,
              std::min(limits.peers_per_room, kPeersListedMax + 1)} {}

bool Rooms::open(Timestamp now, ConnectionId connection, std::string_view room) {
  if (!is_valid_name(room) || connections_.size() >= limits_.connections) return false;
  const Timestamp deadline = now + kJoinTimeout;
  const bool is_new =
      connections_
          .try_emplace(
              connection,
              Connection{std::string(room), TokenBucket(limits_.messages_per_second), 0, deadline})
          .second;
  if (is_new) join_deadlines_.insert({deadline, connection});
  return is_new;
}

void Rooms::closed(Timestamp now, ConnectionId id, LeaveReason reason) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  const std::string name = std::move(found->second.room);
  join_deadlines_.erase({found->second.join_deadline, id});
  connections_.erase(found);
  const auto entry = rooms_.find(name);
  if (entry == rooms_.end()) return;
  entry->second.room.leave(now, id, reason);
  rearm(name);
}

void Rooms::forget(ConnectionId id, std::uint16_t code, std::string_view reason) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  join_deadlines_.erase({found->second.join_deadline, id});
  connections_.erase(found);
  actions_.push_back(CloseConnection{id, code, reason});
}

bool Rooms::is_too_fast(Timestamp now, ConnectionId id, Connection& connection) {
  if (connection.rate.consume(now)) {
    connection.dropped_in_a_row = 0;
    return false;
  }
  ++counters_.rate_dropped;
  // Said once, so that a flood in is no flood out.
  if (++connection.dropped_in_a_row == 1) {
    refuse(id, RoomErrorCode::rate,
           "more than 50 messages a second, so this one and those after it were dropped; wait a "
           "second, then send the description again");
  }
  if (connection.dropped_in_a_row < limits_.flood_in_a_row) return true;
  ++counters_.flooders_closed;
  const std::string name = connection.room;
  forget(id, kClosePolicy, "too many messages");
  if (const auto entry = rooms_.find(name); entry != rooms_.end()) {
    entry->second.room.leave(now, id, LeaveReason::closed);
    rearm(name);
  }
  return true;
}

void Rooms::handle_text(Timestamp now, ConnectionId id, std::string_view text) {
  const auto found = connections_.find(id);
  if (found == connections_.end() || is_too_fast(now, id, found->second)) return;
  Connection& connection = found->second;
  const bool joined = connection.join_deadline == kNever;
  const auto document = JsonDocument::parse(text);
  const auto type =
      document ? parse_type(document->root())
               : Result<std::string_view, MessageError>(to_message_error(document.error().code));
  if (!type) {
    ++counters_.bad_messages;
    const std::string_view words = to_text(type.error());
    return joined ? refuse(id, RoomErrorCode::bad_message, words)
                  : refuse_and_close(id, RoomErrorCode::bad_message, words);
  }
  if (joined) return relay(now, id, connection, document->root());
  join(now, id, connection, document->root());
}

void Rooms::join(Timestamp now, ConnectionId id, Connection& connection, const JsonValue& message) {
  const auto parsed = parse_room_message(message);
  const Join* join = parsed ? std::get_if<Join>(&parsed->message) : nullptr;
  if (join == nullptr) {
    ++counters_.bad_messages;
    const bool is_join = !parsed && parsed.error() != MessageError::unknown_type;
    return refuse_and_close(
        id, RoomErrorCode::bad_message,
        is_join ? to_text(parsed.error()) : "the first message must be `join`; say who you are");
  }
  const std::string name = connection.room;
  if (!admission_.admits(name, join->name, join->token)) {
    ++counters_.unauthorized;
    return refuse_and_close(id, RoomErrorCode::unauthorized,
                            "`token` does not admit this name to this room; get a valid one");
  }
  Room* room = find_or_make(name);
  if (room != nullptr) room->handle_timeout(now);  // what has expired must not be delivered
  const Room::Joining joining = room != nullptr ? room->join(id, *join) : Room::Joining{};
  rearm(name);
  if (!joining.accepted) {
    ++counters_.room_full;
    return refuse_and_close(id, RoomErrorCode::room_full,
                            room != nullptr ? "the room has all the peers it may have; try later"
                                            : "the server has all its rooms in use; try later");
  }
  join_deadlines_.erase({connection.join_deadline, id});
  connection.join_deadline = kNever;
  if (joining.displaced) forget(*joining.displaced, kCloseReplaced, "joined again elsewhere");
}

Room* Rooms::find_or_make(const std::string& name) {
  const auto found = rooms_.find(name);
  if (found != rooms_.end()) return &found->second.room;
  if (rooms_.size() >= limits_.rooms) return nullptr;
  return &rooms_.try_emplace(name, Entry{Room(shared_)}).first->second.room;
}

void Rooms::relay(Timestamp now, ConnectionId id, const Connection& connection,
                  const JsonValue& message) {
  if (is_room_message_type(*parse_type(message))) {
    ++counters_.bad_messages;
    return refuse(id, RoomErrorCode::bad_message,
                  "this `type` is between client and server only; peers cannot send it");
  }
  const auto entry = rooms_.find(connection.room);
  if (entry == rooms_.end()) return;
  entry->second.room.relay(now, id, message);
  rearm(connection.room);
}

void Rooms::refuse(ConnectionId id, RoomErrorCode code, std::string_view text) {
  actions_.push_back(SendText{id, write_room_message(RoomError{code, std::string(text)})});
}

void Rooms::refuse_and_close(ConnectionId id, RoomErrorCode code, std::string_view text) {
  refuse(id, code, text);
  forget(id, kClosePolicy, "not joined");
}

/// After anything was done to a room: it goes when it is empty, else its deadline is noted.
void Rooms::rearm(const std::string& name) {
  const auto found = rooms_.find(name);
  if (found == rooms_.end()) return;
  Entry& entry = found->second;
  const Timestamp deadline = entry.room.empty() ? kNever : entry.room.deadline();
  if (deadline != entry.armed_for) {
    room_deadlines_.erase({entry.armed_for, name});
    entry.armed_for = deadline;
    if (deadline != kNever) room_deadlines_.insert({deadline, name});
  }
  if (entry.room.empty()) rooms_.erase(found);
}

void Rooms::handle_timeout(Timestamp now) {
  while (!join_deadlines_.empty() && join_deadlines_.begin()->first <= now) {
    ++counters_.join_timeouts;
    forget(join_deadlines_.begin()->second, kClosePolicy, "did not join in time");
  }
  while (!room_deadlines_.empty() && room_deadlines_.begin()->first <= now) {
    const std::string name = room_deadlines_.begin()->second;
    rooms_.find(name)->second.room.handle_timeout(now);
    rearm(name);
  }
}

Timestamp Rooms::deadline() const {
  Timestamp earliest = kNever;
  if (!join_deadlines_.empty()) earliest = join_deadlines_.begin()->first;
  if (!room_deadlines_.empty()) earliest = std::min(earliest, room_deadlines_.begin()->first);
  return earliest;
}

std::optional<RoomAction> Rooms::poll_action() {
  if (actions_.empty()) return std::nullopt;
  RoomAction action = std::move(actions_.front());
  actions_.pop_front();
  return action;
}

}  // namespace floe::signal
