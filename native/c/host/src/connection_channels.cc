#include "connection_channels.h"

#include "native_host.h"
#include "native_room.h"

namespace floe::c {

void delete_channels(ConnectionChannels* channels) {
  delete channels;
}

OwnedChannels make_channels(floe_connection& connection, const Host& host,
                            const floe_room_config& callbacks) {
  return OwnedChannels(new ConnectionChannels(connection, host, callbacks));
}

ConnectionChannels::ConnectionChannels(floe_connection& connection, const Host& host,
                                       const floe_room_config& callbacks)
    : connection_(connection), callbacks_(callbacks), channels_(host, connection.connection) {
  channels_.on_channel = [this](const std::shared_ptr<DataChannel>& channel) {
    call(callbacks_.on_channel, keep(channel, nullptr));
  };
}

ConnectionChannels::~ConnectionChannels() {
  channels_.close();
}

template <class Function, class... Arguments>
void ConnectionChannels::call(Function function, Arguments... arguments) {
  if (function == nullptr) return;
  const Calls::Callback callback(connection_.host.calls());
  function(callbacks_.user, arguments...);
}

Result<floe_channel*, channels::OpenError> ConnectionChannels::open(
    channels::ChannelOptions options, void* user) {
  const auto channel = channels_.open(std::move(options));
  if (!channel) return channel.error();
  return keep(*channel, user);
}

floe_channel* ConnectionChannels::keep(const std::shared_ptr<DataChannel>& channel, void* user) {
  handles_.push_back(std::make_unique<floe_channel>(floe_channel{connection_, channel, user}));
  floe_channel* handle = handles_.back().get();
  channel->on_open = [this, handle] { call(callbacks_.on_channel_open, handle); };
  channel->on_message = [this, handle](channels::MessageKind kind, Bytes message) {
    const bool is_text = kind == channels::MessageKind::text;
    call(callbacks_.on_channel_message, handle, is_text ? FLOE_MESSAGE_TEXT : FLOE_MESSAGE_BINARY,
         message.data(), message.size());
  };
  channel->on_buffered_low = [this, handle] { call(callbacks_.on_channel_buffered_low, handle); };
  channel->on_close = [this, handle] { end(handle); };
  return handle;
}

// The channel that calls this is held by its owner until this returns.
void ConnectionChannels::end(floe_channel* handle) {
  call(callbacks_.on_channel_close, handle);
  std::erase_if(handles_, [&](const auto& owned) { return owned.get() == handle; });
}

}  // namespace floe::c
