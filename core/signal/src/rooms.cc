#include "floe/signal/rooms.h"

#include <algorithm>

#include "connection_table.h"
#include "floe/json/document.h"
#include "floe/signal/message_codec.h"
#include "floe/types/decimal.h"
#include "room_directory.h"

namespace floe::signal {

Rooms::Rooms(const RoomLimits& limits, Admission& admission, RandomSource& random)
    : limits_(limits),
      admission_(admission),
      connections_(std::make_unique<ConnectionTable>()),
      directory_(std::make_unique<RoomDirectory>(limits, actions_, counters_, random)) {}

Rooms::~Rooms() = default;

std::size_t Rooms::room_count() const {
  return directory_->size();
}

std::size_t Rooms::connection_count() const {
  return connections_->size();
}

std::size_t Rooms::joined_count() const {
  return connections_->joined();
}

bool Rooms::open(Timestamp now, ConnectionId id, std::string_view room, const IpAddress& network) {
  if (!is_valid_name(room) || connections_->waiting() >= limits_.waiting) return false;
  return connections_->add(id, room, network, limits_.messages_per_second, now + kJoinTimeout);
}

void Rooms::handle_closed(Timestamp now, ConnectionId id, LeaveReason reason) {
  if (const auto room = connections_->remove(id)) directory_->leave(now, *room, id, reason);
}

void Rooms::close(ConnectionId id, std::uint16_t code, std::string_view reason) {
  if (connections_->remove(id)) actions_.push_back(CloseConnection{id, code, reason});
}

bool Rooms::is_too_fast(Timestamp now, ConnectionId id) {
  ConnectionTable::Connection& connection = *connections_->find(id);
  if (connection.rate.consume(now)) {
    connection.dropped_in_a_row = 0;
    return false;
  }
  ++counters_.rate_dropped;
  // The error is sent once, so that a flood of messages is not answered by a flood of errors.
  if (++connection.dropped_in_a_row == 1) {
    refuse(id, RoomErrorCode::rate,
           "more than " + to_decimal(limits_.messages_per_second) +
               " messages a second, so this one and those after it were dropped; wait a second, "
               "then send the description again");
  }
  if (connection.dropped_in_a_row < limits_.flood_in_a_row) return true;
  ++counters_.flooders_closed;
  const std::string room = connection.room;
  close(id, kClosePolicy, "too many messages");
  directory_->leave(now, room, id, LeaveReason::closed);
  return true;
}

void Rooms::handle_text(Timestamp now, ConnectionId id, std::string_view text) {
  const ConnectionTable::Connection* connection = connections_->find(id);
  if (connection == nullptr || is_too_fast(now, id)) return;
  const auto document = json::Document::parse(text, kMessageLimits);
  const auto type =
      document ? parse_type(document->root())
               : Result<std::string_view, MessageError>(to_message_error(document.error().code));
  if (!type) {
    ++counters_.bad_messages;
    const std::string_view words = to_text(type.error());
    return connection->has_joined() ? refuse(id, RoomErrorCode::bad_message, words)
                                    : refuse_and_close(id, RoomErrorCode::bad_message, words);
  }
  connection->has_joined() ? relay(now, id, document->root()) : join(now, id, document->root());
}

void Rooms::join(Timestamp now, ConnectionId id, const json::Value& message) {
  const auto parsed = parse_room_message(message);
  const Join* join = parsed ? std::get_if<Join>(&parsed->message) : nullptr;
  if (join == nullptr) {
    ++counters_.bad_messages;
    const bool is_join = !parsed && parsed.error() != MessageError::unknown_type;
    return refuse_and_close(
        id, RoomErrorCode::bad_message,
        is_join ? to_text(parsed.error()) : "the first message must be `join`, with your `name`");
  }
  const std::string& room = connections_->find(id)->room;
  const JoinVerdict verdict = admission_.admit(id, room, *join);
  if (!verdict.admitted) {
    ++counters_.unauthorized;
    return refuse_and_close(id, RoomErrorCode::unauthorized,
                            verdict.why.empty()
                                ? "`token` does not admit this name to this room; get a valid one"
                                : verdict.why);
  }
  if (connections_->joined() >= limits_.connections) {
    ++counters_.room_full;
    return refuse_and_close(id, RoomErrorCode::room_full,
                            "all places of the server are in use; try later");
  }
  const IpAddress network = connections_->find(id)->network;
  const auto joining = directory_->join(now, room, {id, verdict.owner, network}, *join);
  if (!joining || !joining->accepted) {
    ++counters_.room_full;
    return refuse_and_close(
        id, RoomErrorCode::room_full,
        joining ? "the room is full; try later" : "all rooms of the server are in use; try later");
  }
  connections_->set_joined(id);
  if (joining->displaced) close(*joining->displaced, kCloseReplaced, "joined again elsewhere");
}

void Rooms::relay(Timestamp now, ConnectionId id, const json::Value& message) {
  if (is_room_message_type(*parse_type(message))) {
    ++counters_.bad_messages;
    return refuse(id, RoomErrorCode::bad_message,
                  "this `type` is only for messages between client and server");
  }
  directory_->relay(now, connections_->find(id)->room, id, RelayedMessage(message));
}

void Rooms::refuse(ConnectionId id, RoomErrorCode code, std::string_view text) {
  actions_.push_back(SendText{id, write_room_message(RoomError{code, std::string(text)})});
}

void Rooms::refuse_and_close(ConnectionId id, RoomErrorCode code, std::string_view text) {
  refuse(id, code, text);
  close(id, kClosePolicy, "not joined");
}

void Rooms::handle_timeout(Timestamp now) {
  while (const auto late = connections_->find_late(now)) {
    ++counters_.join_timeouts;
    close(*late, kClosePolicy, "did not join in time");
  }
  directory_->handle_timeout(now);
}

Timestamp Rooms::deadline() const {
  return std::min(connections_->deadline(), directory_->deadline());
}

std::optional<RoomAction> Rooms::poll_action() {
  if (actions_.empty()) return std::nullopt;
  RoomAction action = std::move(actions_.front());
  actions_.pop_front();
  return action;
}

}  // namespace floe::signal
