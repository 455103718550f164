#include "floe/stun/message_view.h"

#include <algorithm>

#include "floe/stun/crc32.h"
#include "floe/stun/integrity.h"
#include "floe/wire/byte_reader.h"

namespace floe::stun {
namespace {

/// One attribute at `offset`, known to be inside the message.
struct Attribute {
  std::uint16_t type;
  Bytes value;
};

Attribute attribute_at(Bytes message, std::size_t offset) {
  ByteReader reader(message.subspan(offset));
  const std::uint16_t type = reader.u16();
  const std::uint16_t length = reader.u16();
  return {type, reader.take(length)};
}

}  // namespace

std::string_view to_text(ParseError error) {
  switch (error) {
    case ParseError::too_short:
      return "shorter than a STUN header";
    case ParseError::not_stun:
      return "does not start with two zero bits";
    case ParseError::bad_cookie:
      return "has a wrong magic cookie";
    case ParseError::length_not_multiple_of_4:
      return "has a length that is no multiple of 4";
    case ParseError::length_mismatch:
      return "has a length that differs from the bytes received";
    case ParseError::truncated_attribute:
      return "has an attribute that runs past the end";
    case ParseError::attribute_after_fingerprint:
      return "has an attribute after FINGERPRINT";
    case ParseError::bad_fingerprint_length:
      return "has a FINGERPRINT of a wrong length";
    case ParseError::fingerprint_mismatch:
      return "has a wrong FINGERPRINT";
    case ParseError::bad_integrity_length:
      return "has a MESSAGE-INTEGRITY of a wrong length";
    case ParseError::too_many_attributes:
      return "has too many attributes";
  }
  return "?";
}

MessageView::MessageView(Bytes bytes)
    : bytes_(bytes), readable_end_(static_cast<std::uint16_t>(bytes.size())) {
  ByteReader reader(bytes);
  type_ = reader.u16();
}

Result<MessageView, ParseError> MessageView::parse(Bytes datagram, Understands understands) {
  if (datagram.size() < kHeaderSize) return ParseError::too_short;
  ByteReader header(datagram);
  if ((header.u16() & 0xc000) != 0) return ParseError::not_stun;
  header.skip(2);
  if (header.u32() != kMagicCookie) return ParseError::bad_cookie;
  return parse_after_cookie(datagram, understands);
}

Result<MessageView, ParseError> MessageView::parse_rfc3489(Bytes datagram,
                                                           Understands understands) {
  if (datagram.size() < kHeaderSize) return ParseError::too_short;
  if ((datagram[0] & 0xc0) != 0) return ParseError::not_stun;
  return parse_after_cookie(datagram, understands);
}

Result<MessageView, ParseError> MessageView::parse_after_cookie(Bytes datagram,
                                                                Understands understands) {
  const std::size_t length = ByteReader(datagram.subspan(2)).u16();
  if (length % 4 != 0) return ParseError::length_not_multiple_of_4;
  if (length + kHeaderSize != datagram.size() || datagram.size() > 0xffff) {
    return ParseError::length_mismatch;
  }
  MessageView view(datagram);
  if (const auto error = view.walk(understands)) return *error;
  return view;
}

std::optional<ParseError> MessageView::walk(Understands understands) {
  std::size_t count = 0;
  for (std::size_t offset = kHeaderSize; offset < bytes_.size();) {
    if (has_fingerprint_) return ParseError::attribute_after_fingerprint;
    if (++count > kAttributesMax) return ParseError::too_many_attributes;
    ByteReader reader(bytes_.subspan(offset));
    const std::uint16_t type = reader.u16();
    const std::uint16_t length = reader.u16();
    const Bytes value = reader.take(length);
    reader.skip(padded(length) - length);
    if (!reader.ok()) return ParseError::truncated_attribute;
    if (const auto error = visit(type, value, offset, understands)) return error;
    offset += attribute_size(length);
  }
  return std::nullopt;
}

std::optional<ParseError> MessageView::visit(std::uint16_t type, Bytes value, std::size_t offset,
                                             Understands understands) {
  if (type == static_cast<std::uint16_t>(AttributeType::fingerprint)) {
    if (value.size() != 4) return ParseError::bad_fingerprint_length;
    if (ByteReader(value).u32() != (crc32(bytes_.first(offset)) ^ kFingerprintXor)) {
      return ParseError::fingerprint_mismatch;
    }
    has_fingerprint_ = true;
    return std::nullopt;
  }
  if (type == static_cast<std::uint16_t>(AttributeType::message_integrity) ||
      type == static_cast<std::uint16_t>(AttributeType::message_integrity_sha256)) {
    return visit_integrity(type, value, offset);
  }
  if (offset >= readable_end_ || !is_comprehension_required(type) || understands(type)) {
    return std::nullopt;
  }
  const bool is_response = message_class() == Class::success || message_class() == Class::error;
  const bool is_ignored = is_response && is_reserved_by_rfc3489(type);
  if (!is_ignored && unknown_count_ < kUnknownTypesMax) unknown_types_[unknown_count_++] = type;
  return std::nullopt;
}

/// Section 9: "agents MUST ignore all attributes that follow MESSAGE-INTEGRITY, with the exception
/// of the MESSAGE-INTEGRITY-SHA256 and FINGERPRINT attributes. Similarly, agents MUST ignore all
/// attributes that follow the MESSAGE-INTEGRITY-SHA256 attribute if the MESSAGE-INTEGRITY attribute
/// is not present, with the exception of the FINGERPRINT attribute."
std::optional<ParseError> MessageView::visit_integrity(std::uint16_t type, Bytes value,
                                                       std::size_t offset) {
  if (has_integrity_sha256()) return std::nullopt;
  if (type == static_cast<std::uint16_t>(AttributeType::message_integrity)) {
    if (has_integrity()) return std::nullopt;
    if (value.size() != kIntegritySize) return ParseError::bad_integrity_length;
    integrity_offset_ = static_cast<std::uint16_t>(offset);
  } else {
    // Section 14.6: "it MUST be at least 16 bytes and MUST be a multiple of 4 bytes."
    if (value.size() < kIntegritySha256SizeMin || value.size() > kIntegritySha256Size ||
        value.size() % 4 != 0) {
      return ParseError::bad_integrity_length;
    }
    integrity_sha256_offset_ = static_cast<std::uint16_t>(offset);
  }
  readable_end_ = std::min(readable_end_, static_cast<std::uint16_t>(offset));
  return std::nullopt;
}

TransactionId MessageView::transaction_id() const {
  TransactionId id;
  std::copy_n(bytes_.begin() + 8, id.size(), id.begin());
  return id;
}

std::optional<Bytes> MessageView::find(AttributeType type, std::size_t earlier) const {
  for (std::size_t offset = kHeaderSize; offset < readable_end_;) {
    const Attribute attribute = attribute_at(bytes_, offset);
    if (attribute.type == static_cast<std::uint16_t>(type) && earlier-- == 0) {
      return attribute.value;
    }
    offset += attribute_size(attribute.value.size());
  }
  return std::nullopt;
}

}  // namespace floe::stun
