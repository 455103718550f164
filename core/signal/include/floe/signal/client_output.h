// The outputs of a SignalingClient: commands for its channel, and events for the application.
#pragma once

#include <string>
#include <variant>

#include "floe/ice/role.h"
#include "floe/signal/client_state.h"
#include "floe/signal/message.h"
#include "floe/signal/message_error.h"
#include "floe/signal/room_message.h"

namespace floe::signal {

// Commands for the channel --------------------------------------------------------------------

/// Open a channel with kSubprotocol. It replaces the earlier channel, whose events must no longer
/// reach the client.
struct ConnectChannel {
  std::string url;
};

/// Send this text over the channel. If the channel does not take it, call handle_blocked().
struct SendOverChannel {
  std::string text;
};

/// Send what the channel has buffered, then close it with code 1000.
struct CloseChannel {};

/// Drop the channel at once; its events must no longer reach the client.
struct DropChannel {};

// Events for the application ----------------------------------------------------------------

struct ClientStateChanged {
  ClientState state = ClientState::idle;
};

struct RoomJoined {
  std::string self;      ///< this peer's id
  bool resumed = false;  ///< true: it has its earlier place, so the known peers are the same
};

struct PeerAppeared {
  Peer peer;
  ice::Role role = ice::Role::controlled;  ///< this agent's role towards the peer
};

struct MessageReceived {
  Message message;
  std::string from;  ///< the peer's id
};

/// A text that arrived was not a message; it was dropped.
struct MessageRejected {
  MessageError error = MessageError::bad_json;
};

/// RoomError: the server refused a message. `unauthorized` closes the client when the next output
/// is polled, unless set_token() sets another token before.
using ClientOutput =
    std::variant<ConnectChannel, SendOverChannel, CloseChannel, DropChannel, ClientStateChanged,
                 RoomJoined, PeerAppeared, PeerLeft, MessageReceived, RoomError, MessageRejected>;

}  // namespace floe::signal
