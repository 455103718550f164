// The attributes that are text (RFC 8489, sections 14.3 and 14.14).
#pragma once

#include <string_view>

#include "floe/stun/message_view.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {

/// Section 14.3: "a variable-length value ... of less than 509 bytes".
inline constexpr std::size_t kUsernameSizeMax = 508;
/// Section 14.14: fewer than 128 characters, "which can be as long as 509 bytes when encoding them
/// or 763 bytes when decoding them".
inline constexpr std::size_t kSoftwareSizeMax = 763;

struct Username {
  static constexpr AttributeType kType = AttributeType::username;
  std::string_view text;  ///< when parsed, lent by the message and untrusted

  static Result<Username, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.bytes(as_bytes(text)); }
};

struct Software {
  static constexpr AttributeType kType = AttributeType::software;
  std::string_view text;  ///< when parsed, lent by the message and untrusted

  static Result<Software, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.bytes(as_bytes(text)); }
};

}  // namespace floe::stun
