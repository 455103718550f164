// An attribute that nobody has to know, as long as a test wants it: the place of a handshake of
// DTLS in a check.
#pragma once

#include "floe/stun/attribute_type.h"
#include "floe/stun/message.h"
#include "floe/wire/byte_writer.h"

namespace floe::testing {

struct Filler {
  static constexpr auto kType = static_cast<stun::AttributeType>(0xc070);
  std::size_t size;

  void write(ByteWriter& out, const stun::TransactionId&) const { out.zeros(size); }
};

}  // namespace floe::testing
