// A Binding message with FINGERPRINT and nothing else: it asks a STUN server for an address, or
// keeps a path open.
#pragma once

#include <array>

#include "floe/stun/message.h"

namespace floe::stun {

inline constexpr std::size_t kBareBindingSize = kHeaderSize + attribute_size(4);
using BareBinding = std::array<std::uint8_t, kBareBindingSize>;

BareBinding write_bare_binding(Class message_class, const TransactionId& id);

}  // namespace floe::stun
