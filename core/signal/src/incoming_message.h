// A message from the signalling server to a client: one that the server wrote, or one of a peer.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "floe/signal/message.h"
#include "floe/signal/message_error.h"
#include "floe/signal/room_message.h"
#include "floe/types/result.h"

namespace floe::signal {

struct PeerMessage {
  Message message;
  Envelope envelope;
};

struct IncomingMessage {
  std::variant<RoomMessage, PeerMessage> content;
  std::uint32_t ignored_members = 0;
};

/// Reads texts of up to kRelayedSizeMax bytes. A text with `from` is always a peer's, so that no
/// peer can pretend to be the server.
Result<IncomingMessage, MessageError> parse_incoming_message(std::string_view text);

}  // namespace floe::signal
