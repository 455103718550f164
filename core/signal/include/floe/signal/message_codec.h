// Messages of floe.signal.1 from JSON and to JSON.
//
// Reading checks the kind, size and alphabet of each known member. Unknown members are counted and
// ignored, so that a later version may add members. null is the same as absent. Of a candidate line
// only the size is checked: a line that cannot be used must not spoil its description, so the code
// that uses the lines parses them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "floe/json/value.h"
#include "floe/signal/message.h"
#include "floe/signal/message_error.h"
#include "floe/signal/room_message.h"
#include "floe/types/result.h"

namespace floe::signal {

struct ParsedMessage {
  Message message;
  std::uint32_t ignored_members = 0;
};

struct ParsedRoomMessage {
  RoomMessage message;
  std::uint32_t ignored_members = 0;
};

/// A message between peers. An empty candidate is an EndOfCandidates.
Result<ParsedMessage, MessageError> parse_message(const json::Value& root);
Result<ParsedMessage, MessageError> parse_message(std::string_view text);

/// A message between client and server.
Result<ParsedRoomMessage, MessageError> parse_room_message(const json::Value& root);
Result<ParsedRoomMessage, MessageError> parse_room_message(std::string_view text);

/// `type` of any message.
Result<std::string_view, MessageError> parse_type(const json::Value& root);
/// `to`, `from` and `seq` of any message.
Result<Envelope, MessageError> parse_envelope(const json::Value& root);

/// One line without a line end. Texts that are longer than the protocol allows are cut.
std::string write_message(const Message& message, const Envelope& envelope = {});
std::string write_room_message(const RoomMessage& message);
/// The same for the one message that a client writes: a page need not bring a server's along.
std::string write_join(const Join& join);

}  // namespace floe::signal
