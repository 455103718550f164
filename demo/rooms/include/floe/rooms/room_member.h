// A member of a room of this server that has no WebSocket.
#pragma once

#include <string_view>

namespace floe::rooms {

/// May leave the room inside of both.
class RoomMember {
 public:
  /// A message of floe.signal.1, from the server or from a peer.
  virtual void on_text(std::string_view text) = 0;
  /// It has lost its place.
  virtual void on_removed() = 0;

 protected:
  ~RoomMember() = default;
};

}  // namespace floe::rooms
