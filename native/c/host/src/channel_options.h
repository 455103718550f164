// The options of a channel that a program passes to the C API, checked and in the types of the
// core.
#pragma once

#include "floe/c/channel.h"
#include "floe/channels/channel.h"
#include "floe/types/result.h"
#include "refusal.h"

namespace floe::c {

/// The errors are those of floe_channel_open().
Result<channels::ChannelOptions, Refusal> read_channel_options(const floe_channel_options& options);

}  // namespace floe::c
