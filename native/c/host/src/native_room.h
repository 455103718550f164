// The objects behind the handles of a room and of its connections in the C API.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "channel_handles.h"
#include "floe/driver/room.h"
#include "floe/floe_native.h"
#include "floe/native/system_host.h"
#include "floe/peer/security.h"
#include "floe/types/result.h"

namespace floe::c {
class HostObject;
}

/// Lives as long as the connection that it stands for.
struct floe_connection {
  floe::c::HostObject& host;
  floe::Connection& connection;
  floe::signal::Peer peer;
  std::uint16_t components;
  void* user = nullptr;
  std::string explanation = {};
  std::optional<floe::peer::Secured> secured = {};
  std::string insecure = {};             // why it ends
  floe::c::OwnedChannels channels = {};  // null: in plaintext, or a build without them
};

namespace floe::c {

/// The datagram that a program wants to send, or the error in its arguments.
Result<Bytes, floe_error> check_datagram(std::uint16_t components, std::uint16_t component,
                                         const void* data, std::size_t size);

/// Passes the events of a Room to the callbacks of a program.
class RoomObject {
 public:
  /// Of `config`, only the callbacks are used.
  RoomObject(HostObject& owner, native::SystemHost& host, const floe_room_config& config,
             RoomOptions options);
  RoomObject(const RoomObject&) = delete;
  RoomObject& operator=(const RoomObject&) = delete;
  ~RoomObject();

  /// Why it never can be joined; empty: it is being joined.
  std::string join() { return room_.join(); }
  void leave() { room_.leave(); }
  floe_error send(std::uint16_t component, const void* data, std::size_t size);
  signal::ClientState state() const { return room_.state(); }

 private:
  /// Calls the program, if it wants to be called.
  template <class Function, class... Arguments>
  void call(Function function, Arguments... arguments);
  void set_callbacks();
  void begin(Connection& connection, const signal::Peer& peer);
  void note(floe_connection& handle, const ice::Event& event);
  void tell_secured(floe_connection& handle, const peer::Secured& secured);
  void tell_insecure(floe_connection& handle, const peer::SecurityFailed& failed);
  void end(const Connection& connection);

  HostObject& owner_;
  const Host& host_;
  floe_room_config config_;  // for its callbacks: the strings in it are no longer valid
  ice::ComponentId components_;
  LogSink& log_;
  std::vector<std::unique_ptr<floe_connection>> connections_;
  Room room_;
};

}  // namespace floe::c

/// The handle. It outlives the room, so that a program that uses it later hears of its mistake.
struct floe_room {
  floe::c::HostObject& host;
  std::unique_ptr<floe::c::RoomObject> object;  // null: the program has left
};
