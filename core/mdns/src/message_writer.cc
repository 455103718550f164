#include <array>

#include "floe/mdns/limits.h"
#include "floe/mdns/message.h"
#include "floe/wire/byte_writer.h"
#include "wire_numbers.h"

namespace floe::mdns {
namespace {

constexpr std::uint16_t kAnswerFlags = 0x8400;  // RFC 6762, sections 18.2 and 18.4: QR and AA

using Buffer = std::array<std::uint8_t, kMessageWrittenMax>;

ByteVector take(const ByteWriter& out) {
  return {out.written().begin(), out.written().end()};
}

void write_question(ByteWriter& out, const Question& question) {
  question.name.write(out);
  out.u16(static_cast<std::uint16_t>(question.type));
  out.u16(question.wants_unicast ? kClassIn | kClassTopBit : kClassIn);
}

/// The beginning of a record, up to its data.
void write_record(ByteWriter& out, const Response& response, RecordType type) {
  const bool is_legacy = response.kind == ResponseKind::legacy;
  response.question.name.write(out);
  out.u16(static_cast<std::uint16_t>(type));
  // RFC 6762, section 10.2: the cache-flush bit, which a simple resolver does not know.
  out.u16(is_legacy ? kClassIn : kClassIn | kClassTopBit);
  out.u32(is_legacy ? kLegacyTtlSeconds : kTtlSeconds);
}

void write_address(ByteWriter& out, const Response& response) {
  write_record(out, response, type_of(response.address.family()));
  out.u16(static_cast<std::uint16_t>(response.address.bytes().size()));
  out.bytes(response.address.bytes());
}

/// RFC 6762, section 6.1: the only type of record that the name has.
void write_nsec(ByteWriter& out, const Response& response) {
  write_record(out, response, RecordType::nsec);
  const auto type = static_cast<std::uint16_t>(type_of(response.address.family()));
  const auto bitmap_size = static_cast<std::uint8_t>(type / 8 + 1);
  const std::size_t size_at = out.size();
  out.u16(0);
  response.question.name.write(out);
  out.u8(0);  // the block of the types below 256
  out.u8(bitmap_size);
  out.zeros(std::size_t{bitmap_size} - 1);
  out.u8(static_cast<std::uint8_t>(0x80 >> type % 8));
  out.patch_u16(size_at, static_cast<std::uint16_t>(out.size() - size_at - 2));
}

}  // namespace

ByteVector write_query(const Question& question, std::uint16_t id) {
  Buffer buffer;
  ByteWriter out(buffer);
  out.u16(id);
  out.u16(0);
  out.u16(1);  // question
  out.zeros(6);
  write_question(out, question);
  return take(out);
}

ByteVector write_response(const Response& response) {
  Buffer buffer;
  ByteWriter out(buffer);
  const bool is_legacy = response.kind == ResponseKind::legacy;
  out.u16(is_legacy ? response.id : 0);
  out.u16(kAnswerFlags);
  out.u16(is_legacy ? 1 : 0);  // questions
  out.u16(1);                  // answer
  out.u16(0);
  out.u16(1);  // additional record
  if (is_legacy) write_question(out, response.question);
  const bool has_it = response.question.type == RecordType::any ||
                      response.question.type == type_of(response.address.family());
  if (has_it) write_address(out, response);
  write_nsec(out, response);
  if (!has_it) write_address(out, response);
  return take(out);
}

}  // namespace floe::mdns
