// The functions of floe/c/channel.h in a build without SCTP.
#include "channel_handles.h"

namespace floe::c {

class ConnectionChannels {};

void delete_channels(ConnectionChannels* channels) {
  delete channels;
}

OwnedChannels make_channels(floe_connection&, const Host&, const floe_room_config&) {
  return nullptr;
}

}  // namespace floe::c

floe_error floe_channel_open(floe_connection* connection, const floe_channel_options*,
                             floe_channel** channel) {
  if (connection == nullptr || channel == nullptr) return FLOE_ERROR_ARGUMENT;
  return FLOE_ERROR_NOT_BUILT;
}

floe_error floe_channel_send(floe_channel* channel, std::uint32_t, const void*, std::size_t) {
  return channel == nullptr ? FLOE_ERROR_ARGUMENT : FLOE_ERROR_NOT_BUILT;
}

// There is no channel that these could be about.

void floe_channel_close(floe_channel*) {}

floe_channel_state floe_channel_get_state(const floe_channel*) {
  return FLOE_CHANNEL_CLOSED;
}

std::size_t floe_channel_buffered_amount(const floe_channel*) {
  return 0;
}

void floe_channel_set_buffered_low_threshold(floe_channel*, std::size_t) {}

const char* floe_channel_label(const floe_channel*) {
  return "";
}

const char* floe_channel_protocol(const floe_channel*) {
  return "";
}

std::int32_t floe_channel_id(const floe_channel*) {
  return -1;
}

floe_connection* floe_channel_connection(const floe_channel*) {
  return nullptr;
}

void floe_channel_set_user(floe_channel*, void*) {}

void* floe_channel_get_user(const floe_channel*) {
  return nullptr;
}

std::size_t floe_connection_max_message_size(const floe_connection*) {
  return 0;
}
