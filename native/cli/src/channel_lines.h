// The reports of `floe agent` about data channels.
#pragma once

#include <string>

#include "floe/channel_driver/data_channel.h"

namespace floe::cli {

/// A channel that is open or closed now.
std::string channel_line(const DataChannel& channel);
std::string message_line(const DataChannel& channel, channels::MessageKind kind, Bytes message);

}  // namespace floe::cli
