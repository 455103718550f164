// The channels of a connection, as the rest of the C API sees them, in builds with and without
// SCTP.
#pragma once

#include <memory>

#include "floe/c/channel.h"
#include "floe/driver/connection.h"

namespace floe::c {

class ConnectionChannels;

void delete_channels(ConnectionChannels* channels);
struct DeleteChannels {
  void operator()(ConnectionChannels* channels) const { delete_channels(channels); }
};
/// Its end closes the channels that are left, and tells the program.
using OwnedChannels = std::unique_ptr<ConnectionChannels, DeleteChannels>;

/// Before the connection starts. All must outlive the channels. Null: this build has none.
OwnedChannels make_channels(floe_connection& connection, const Host& host,
                            const floe_room_config& callbacks);

}  // namespace floe::c
