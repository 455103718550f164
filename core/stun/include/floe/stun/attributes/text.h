// The attributes that are text (RFC 8489, sections 14.3, 14.9, 14.10, 14.14 and 14.16).
#pragma once

#include <string_view>

#include "floe/stun/message_view.h"
#include "floe/wire/byte_writer.h"

namespace floe::stun {

/// Section 14.3: "a UTF-8-encoded [RFC3629] sequence of fewer than 509 bytes".
inline constexpr std::size_t kUsernameSizeMax = 508;
/// Section 14.14: fewer than 128 characters, "which can be as long as 509 bytes when encoding them
/// or 763 bytes when decoding them".
inline constexpr std::size_t kSoftwareSizeMax = 763;
/// Sections 14.9 and 14.10 say the same of REALM and NONCE.
inline constexpr std::size_t kRealmSizeMax = 763;
inline constexpr std::size_t kNonceSizeMax = 763;
/// Section 14.16 means a domain name, which has at most this many bytes (RFC 1035, section 2.3.4).
inline constexpr std::size_t kDomainSizeMax = 255;

Result<std::string_view, AttributeError> parse_text(Bytes value, std::size_t size_max);

/// Text of at most `SizeMax` bytes.
template <AttributeType Type, std::size_t SizeMax>
struct Text {
  static constexpr AttributeType kType = Type;
  std::string_view text;  ///< when parsed, a view of the message, and untrusted

  static Result<Text, AttributeError> parse(Bytes value, const MessageView&) {
    const auto read = parse_text(value, SizeMax);
    if (!read) return read.error();
    return Text{*read};
  }
  void write(ByteWriter& out, const TransactionId&) const { out.bytes(as_bytes(text)); }
};

/// The name of the user that sends the request, as the server knows it.
using Username = Text<AttributeType::username, kUsernameSizeMax>;
/// The group of users that the server authenticates, often its domain: a username and a password
/// belong to one realm.
using Realm = Text<AttributeType::realm, kRealmSizeMax>;
/// A value that the server chooses and the client repeats in each request. The server lets it
/// expire, so that a recorded request cannot be replayed for ever.
using Nonce = Text<AttributeType::nonce, kNonceSizeMax>;
/// The software of the sender, with its version.
using Software = Text<AttributeType::software, kSoftwareSizeMax>;
/// The domain name in the certificate of the server that ALTERNATE-SERVER names.
using AlternateDomain = Text<AttributeType::alternate_domain, kDomainSizeMax>;

}  // namespace floe::stun
