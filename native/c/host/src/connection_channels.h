// The data channels of a connection of the C API, and the objects behind their handles.
#pragma once

#include <memory>
#include <vector>

#include "channel_handles.h"
#include "floe/channel_driver/data_channels.h"

struct floe_channel {
  floe_connection& connection;
  std::shared_ptr<floe::DataChannel> channel;
  void* user;
};

namespace floe::c {

/// Passes what happens to the callbacks of a program.
class ConnectionChannels {
 public:
  ConnectionChannels(floe_connection& connection, const Host& host,
                     const floe_room_config& callbacks);
  ~ConnectionChannels();
  ConnectionChannels(const ConnectionChannels&) = delete;
  ConnectionChannels& operator=(const ConnectionChannels&) = delete;

  Result<floe_channel*, channels::OpenError> open(channels::ChannelOptions options, void* user);
  std::size_t message_size_max() const { return channels_.message_size_max(); }

 private:
  /// Calls the program, if it wants to be called.
  template <class Function, class... Arguments>
  void call(Function function, Arguments... arguments);
  floe_channel* keep(const std::shared_ptr<DataChannel>& channel, void* user);
  void end(floe_channel* handle);

  floe_connection& connection_;
  const floe_room_config& callbacks_;
  std::vector<std::unique_ptr<floe_channel>> handles_;
  DataChannels channels_;
};

}  // namespace floe::c
