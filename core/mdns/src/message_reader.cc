#include "floe/mdns/limits.h"
#include "floe/mdns/message.h"
#include "floe/wire/byte_reader.h"
#include "wire_numbers.h"

namespace floe::mdns {
namespace {

constexpr std::size_t kHeaderSize = 12;
constexpr std::uint16_t kResponseFlag = 0x8000;
constexpr std::uint16_t kOpcodeMask = 0x7800;
constexpr std::uint16_t kCodeMask = 0x000f;

/// Reads a message from its front to its back.
class MessageReader {
 public:
  explicit MessageReader(Bytes message) : message_(message) {}

  std::optional<MessageError> read(Message& out) {
    ByteReader header(message_.first(kHeaderSize));
    out.id = header.u16();
    const std::uint16_t flags = header.u16();
    out.is_response = (flags & kResponseFlag) != 0;
    if ((flags & (kOpcodeMask | kCodeMask)) != 0) return MessageError::not_ordinary;
    const std::size_t questions = header.u16();
    const std::size_t answers = header.u16();
    const std::size_t authorities = header.u16();
    const std::size_t additionals = header.u16();
    const std::size_t records = answers + authorities + additionals;
    if (questions > kQuestionsMax || records > kRecordsMax) return MessageError::too_many;
    for (std::size_t i = 0; i < questions; ++i) {
      if (const auto error = read_question(out)) return error;
    }
    for (std::size_t i = 0; i < records; ++i) {
      // The authority section of a query has what its sender hopes to own (RFC 6762, section 8.2).
      const bool is_said = i < answers || i >= answers + authorities;
      if (const auto error = read_record(out, is_said)) return error;
    }
    return std::nullopt;
  }

 private:
  std::optional<MessageError> read_question(Message& out) {
    const auto name = Name::read(message_, offset_);
    if (!name) return MessageError::bad_name;
    ByteReader fields(message_.subspan(offset_));
    const std::uint16_t type = fields.u16();
    const std::uint16_t of_class = fields.u16();
    if (!fields.ok()) return MessageError::truncated;
    offset_ += 4;
    if ((of_class & ~kClassTopBit) != kClassIn) return std::nullopt;
    out.questions.push_back({*name, RecordType{type}, (of_class & kClassTopBit) != 0});
    return std::nullopt;
  }

  std::optional<MessageError> read_record(Message& out, bool is_said) {
    const auto name = Name::read(message_, offset_);
    if (!name) return MessageError::bad_name;
    ByteReader fields(message_.subspan(offset_));
    const RecordType type{fields.u16()};
    const std::uint16_t of_class = fields.u16();
    const std::uint32_t ttl = fields.u32();
    const Bytes data = fields.take(fields.u16());
    if (!fields.ok()) return MessageError::truncated;
    offset_ = message_.size() - fields.remaining();
    const auto address = IpAddress::from_bytes(data);
    const bool is_address = address && type == type_of(address->family());
    if (!is_said || !is_address || (of_class & ~kClassTopBit) != kClassIn) return std::nullopt;
    if (out.addresses.size() < kAddressesKept) out.addresses.push_back({*name, *address, ttl});
    return std::nullopt;
  }

  Bytes message_;
  std::size_t offset_ = kHeaderSize;
};

}  // namespace

RecordType type_of(Family family) {
  return family == Family::ipv4 ? RecordType::a : RecordType::aaaa;
}

Result<Message, MessageError> parse_message(Bytes message) {
  if (message.size() > kMessageSizeMax) return MessageError::too_long;
  if (message.size() < kHeaderSize) return MessageError::truncated;
  Message out;
  if (const auto error = MessageReader(message).read(out)) return *error;
  return out;
}

}  // namespace floe::mdns
