// The attributes by which two ends agree how a password is used (RFC 8489, sections 14.4, 14.11 and
// 14.12).
#pragma once

#include <array>
#include <optional>
#include <span>

#include "floe/stun/message_view.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {

/// The hash that makes the key of a long-term credential from its texts (section 18.5).
enum class PasswordHash : std::uint16_t {
  md5 = 0x0001,     ///< the only one before RFC 8489
  sha256 = 0x0002,  ///< RFC 8489
};

/// In bytes; longer than a list of all registered algorithms with some parameters.
inline constexpr std::size_t kPasswordAlgorithmsSizeMax = 64;

/// Section 14.4: a hash of the username; only a server that knows the username recognises it.
struct Userhash {
  static constexpr AttributeType kType = AttributeType::userhash;
  std::array<std::uint8_t, 32> value{};

  static Result<Userhash, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.bytes(value); }
};

/// Section 14.12: the algorithm that made the key of this request. Neither of the two registered
/// algorithms has parameters.
struct PasswordAlgorithm {
  static constexpr AttributeType kType = AttributeType::password_algorithm;
  PasswordHash hash = PasswordHash::md5;

  static Result<PasswordAlgorithm, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId& id) const;
};

/// Section 14.11: the algorithms that the server accepts, the preferred one first. Kept as on the
/// wire, since a client must repeat the list unchanged, including the algorithms that it does not
/// know.
struct PasswordAlgorithms {
  static constexpr AttributeType kType = AttributeType::password_algorithms;
  Bytes list;  ///< when parsed, a view of the message, and well-formed

  /// The first algorithm that this implementation knows.
  std::optional<PasswordHash> first_known() const;
  bool contains(PasswordHash hash) const;

  static Result<PasswordAlgorithms, AttributeError> parse(Bytes value, const MessageView& message);
  void write(ByteWriter& out, const TransactionId&) const { out.bytes(list); }
};

/// The list as it is on the wire.
ByteVector encode_password_algorithms(std::span<const PasswordHash> hashes);

}  // namespace floe::stun
