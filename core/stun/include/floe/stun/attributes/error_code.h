// ERROR-CODE and UNKNOWN-ATTRIBUTES (RFC 8489, sections 14.8 and 14.13).
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "floe/stun/message_view.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {

/// The error codes that an ICE agent or a Binding server sends or receives.
inline constexpr std::uint16_t kTryAlternate = 300;
inline constexpr std::uint16_t kBadRequest = 400;
inline constexpr std::uint16_t kUnauthenticated = 401;
inline constexpr std::uint16_t kUnknownAttribute = 420;
inline constexpr std::uint16_t kStaleNonce = 438;
inline constexpr std::uint16_t kRoleConflict = 487;  // RFC 8445, section 16.2
inline constexpr std::uint16_t kServerError = 500;

/// Section 14.8: fewer than 128 characters, "which can be as long as 509 bytes when encoding them
/// or 763 bytes when decoding them".
inline constexpr std::size_t kReasonSizeMax = 509;
inline constexpr std::size_t kReasonReadSizeMax = 763;

struct ErrorCode {
  static constexpr AttributeType kType = AttributeType::error_code;
  std::uint16_t code = 0;   ///< 300 to 699
  std::string_view reason;  ///< UTF-8; when parsed, a view of the message, and untrusted

  static Result<ErrorCode, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId& id) const;
};

struct UnknownAttributes {
  static constexpr AttributeType kType = AttributeType::unknown_attributes;
  std::array<std::uint16_t, kUnknownTypesMax> types{};
  std::size_t count = 0;  ///< types beyond kUnknownTypesMax are left out

  static Result<UnknownAttributes, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId& id) const;
};

}  // namespace floe::stun
