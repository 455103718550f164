// A received STUN message: validated once, then read in place (RFC 8489, sections 5, 6.3 and 14).
//
// parse() checks the header and walks all attributes, so that reading one later cannot run past
// the end. It copies nothing: the view lives as long as the bytes.
//
// If an attribute occurs twice, the first one counts (section 14: "only the first occurrence needs
// to be processed by a receiver"). After MESSAGE-INTEGRITY only MESSAGE-INTEGRITY-SHA256 and
// FINGERPRINT are read, and after MESSAGE-INTEGRITY-SHA256 only FINGERPRINT, since any host that
// forwards a message can append other attributes (section 9).
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "floe/stun/attribute_type.h"
#include "floe/stun/message.h"
#include "floe/types/result.h"

namespace floe::stun {

enum class ParseError : std::uint8_t {
  too_short,                    ///< fewer bytes than a header
  not_stun,                     ///< the two most significant bits are not zero
  bad_cookie,                   ///< another protocol, or RFC 3489
  length_not_multiple_of_4,     ///< attributes are padded to 4 bytes, so the length must be too
  length_mismatch,              ///< the header's length is not the length that arrived
  truncated_attribute,          ///< an attribute runs past the end
  attribute_after_fingerprint,  ///< FINGERPRINT must be the last attribute
  bad_fingerprint_length,       ///< FINGERPRINT without its 4 bytes
  fingerprint_mismatch,         ///< the CRC is wrong: damaged, or another protocol
  bad_integrity_length,         ///< not 20 bytes, or 16 to 32 for MESSAGE-INTEGRITY-SHA256
  too_many_attributes,          ///< more than kAttributesMax
};

std::string_view to_text(ParseError error);

/// No message of ICE or TURN has more than 15 attributes; each one costs time in parse().
inline constexpr std::size_t kAttributesMax = 32;
/// How many unknown comprehension-required types are remembered to be reported in a 420.
inline constexpr std::size_t kUnknownTypesMax = 8;

enum class AttributeError : std::uint8_t {
  absent,     ///< not in the part of the message that may be read
  malformed,  ///< wrong length, family or range
};

class MessageView {
 public:
  static Result<MessageView, ParseError> parse(Bytes datagram, Understands understands = is_known);
  /// The same for a message without the cookie, where the id has 16 bytes: the id begins in the
  /// place of the cookie (RFC 3489, section 11.1).
  static Result<MessageView, ParseError> parse_rfc3489(Bytes datagram, Understands understands);

  Class message_class() const { return class_of(type_); }
  Method method() const { return method_of(type_); }
  bool is_request() const { return message_class() == Class::request; }
  bool is_response() const {
    return message_class() == Class::success || message_class() == Class::error;
  }
  TransactionId transaction_id() const;

  /// The raw value of the first attribute of this type, or nothing. Walks over the attributes. To
  /// read an attribute that may occur several times, such as XOR-PEER-ADDRESS, give the number of
  /// earlier ones to skip.
  std::optional<Bytes> find(AttributeType type, std::size_t earlier = 0) const;
  bool has(AttributeType type) const { return find(type).has_value(); }

  /// The same, decoded as T: absent, or malformed when T cannot read the value.
  template <class T>
  Result<T, AttributeError> get(std::size_t earlier = 0) const {
    const auto value = find(T::kType, earlier);
    if (!value) return AttributeError::absent;
    return T::parse(*value, *this);
  }

  bool has_fingerprint() const { return has_fingerprint_; }  ///< and it was right
  bool has_integrity() const { return integrity_offset_ != 0; }
  /// Where MESSAGE-INTEGRITY starts; the HMAC covers the bytes before it.
  std::size_t integrity_offset() const { return integrity_offset_; }
  bool has_integrity_sha256() const { return integrity_sha256_offset_ != 0; }
  std::size_t integrity_sha256_offset() const { return integrity_sha256_offset_; }

  /// Comprehension-required types that the reader does not understand, in order.
  std::span<const std::uint16_t> unknown_types() const {
    return {unknown_types_.data(), unknown_count_};
  }

  Bytes bytes() const { return bytes_; }

 private:
  explicit MessageView(Bytes bytes);
  static Result<MessageView, ParseError> parse_after_cookie(Bytes datagram,
                                                            Understands understands);
  std::optional<ParseError> walk(Understands understands);
  std::optional<ParseError> visit(std::uint16_t type, Bytes value, std::size_t offset,
                                  Understands understands);
  std::optional<ParseError> visit_integrity(std::uint16_t type, Bytes value, std::size_t offset);

  Bytes bytes_;
  std::uint16_t type_;
  std::uint16_t integrity_offset_ = 0;
  std::uint16_t integrity_sha256_offset_ = 0;
  std::uint16_t readable_end_;  ///< attributes that start at or after this are ignored
  bool has_fingerprint_ = false;
  std::uint8_t unknown_count_ = 0;
  std::array<std::uint16_t, kUnknownTypesMax> unknown_types_;
};

}  // namespace floe::stun
