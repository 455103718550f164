// STUN messages put together by hand, so that they can be wrong in ways that MessageBuilder is not.
#pragma once

#include <string_view>

#include "floe/api/crypto.h"
#include "floe/stun/message.h"

namespace floe::testing {

class RawMessage {
 public:
  explicit RawMessage(std::uint16_t type = 0x0001,
                      std::string_view transaction_id = "000102030405060708090a0b");

  /// Pads with `padding`, and sets the header's length.
  RawMessage& attribute(std::uint16_t type, Bytes value, std::uint8_t padding = 0);
  RawMessage& attribute(std::uint16_t type, std::string_view hex);
  RawMessage& text(std::uint16_t type, std::string_view text) {
    return attribute(type, as_bytes(text));
  }
  /// Adds an attribute that nobody has to know, as that of DTLS in STUN, after which the message
  /// has `size` bytes, a multiple of 4.
  RawMessage& fill(std::size_t size);
  RawMessage& integrity(const HmacSha1& key);
  RawMessage& integrity(const HmacSha256& key, std::size_t size = 32);
  RawMessage& fingerprint();
  /// Flips bits of what is there already; an offset beyond the end is taken from the start.
  RawMessage& damage(std::size_t offset, std::uint8_t mask);

  const ByteVector& bytes() const { return bytes_; }

 private:
  void set_length(std::size_t attributes_size);

  ByteVector bytes_;
};

}  // namespace floe::testing
