#include "event_writer.h"

namespace floe::wasm {
namespace {

constexpr std::size_t kBatchHeaderSize = 4;
/// Memory beyond this size is released after a turn, so that one burst does not keep it for ever.
constexpr std::size_t kKeptCapacity = std::size_t{256} * 1024;

}  // namespace

EventWriter& EventWriter::begin(Event kind, std::uint32_t handle, std::uint16_t extra) {
  end_record();
  if (buffer_.empty()) buffer_.resize(kBatchHeaderSize);
  record_offset_ = buffer_.size();
  return u32(0).u32(handle).u16(static_cast<std::uint16_t>(kind)).u16(extra);
}

EventWriter& EventWriter::u8(std::uint8_t value) {
  buffer_.push_back(value);
  return *this;
}

EventWriter& EventWriter::u16(std::uint16_t value) {
  integer(value, 2);
  return *this;
}

EventWriter& EventWriter::u32(std::uint32_t value) {
  integer(value, 4);
  return *this;
}

EventWriter& EventWriter::text(std::string_view value) {
  return u32(static_cast<std::uint32_t>(value.size())).bytes(as_bytes(value));
}

EventWriter& EventWriter::address(const TransportAddress& value) {
  return u8(value.ip.is_ipv4() ? 4 : 6).bytes(value.ip.bytes()).u16(value.port);
}

EventWriter& EventWriter::bytes(Bytes value) {
  buffer_.insert(buffer_.end(), value.begin(), value.end());
  return *this;
}

const std::uint8_t* EventWriter::batch() {
  end_record();
  if (buffer_.empty()) return nullptr;
  patch_u32(0, buffer_.size() - kBatchHeaderSize);
  return buffer_.data();
}

void EventWriter::clear() {
  buffer_.clear();
  record_offset_ = 0;
  if (buffer_.capacity() > kKeptCapacity) buffer_.shrink_to_fit();
}

void EventWriter::integer(std::uint64_t value, std::size_t size) {
  for (std::size_t shift = size * 8; shift > 0; shift -= 8) {
    buffer_.push_back(static_cast<std::uint8_t>(value >> (shift - 8) & 0xff));
  }
}

void EventWriter::patch_u32(std::size_t offset, std::size_t value) {
  for (std::size_t i = 0; i < 4; ++i) {
    buffer_[offset + i] = static_cast<std::uint8_t>(value >> (24 - 8 * i) & 0xff);
  }
}

void EventWriter::end_record() {
  if (record_offset_ == 0) return;
  patch_u32(record_offset_, buffer_.size() - record_offset_ - kRecordHeaderSize);
  record_offset_ = 0;
}

}  // namespace floe::wasm
