#include "outgoing_frames.h"

#include <algorithm>
#include <cstring>

#include "floe/wire/byte_writer.h"

namespace floe::native {
namespace {

constexpr std::uint8_t kFin = 0x80;
constexpr std::uint8_t kText = 0x1;
constexpr std::uint8_t kBinary = 0x2;
constexpr std::uint8_t kMasked = 0x80;
constexpr std::uint8_t kLength16 = 126;
constexpr std::uint8_t kLength64 = 127;

/// The expected size of a frame that is built in place. The payload must be moved at the end when
/// the real size needs a header of another length.
constexpr std::size_t kUsualSize = 1024;

void write_header(ByteWriter& out, MessageKind kind, std::size_t length, std::uint8_t masked) {
  out.u8(kFin | (kind == MessageKind::text ? kText : kBinary));
  if (length < kLength16) {
    out.u8(static_cast<std::uint8_t>(masked | length));
  } else if (length <= 0xffff) {
    out.u8(masked | kLength16);
    out.u16(static_cast<std::uint16_t>(length));
  } else {
    out.u8(masked | kLength64);
    out.u64(length);
  }
}

void mask(MutableBytes payload, const MaskKeys::Key& key) {
  for (std::size_t i = 0; i < payload.size(); ++i) payload[i] ^= key[i % key.size()];
}

}  // namespace

void OutgoingFrames::add(MessageKind kind, Bytes payload) {
  end_frame();
  begin_frame(kind, payload.size());
  std::ranges::copy(payload, append(payload.size()).begin());
  end_frame();
}

MutableBytes OutgoingFrames::extend(std::size_t size) {
  if (!open_) begin_frame(MessageKind::binary, std::max(size, kUsualSize));
  return append(size);
}

void OutgoingFrames::begin_frame(MessageKind kind, std::size_t expected_size) {
  if (blocks_.empty() || blocks_.back().size >= kBlockSize) blocks_.push_back({pool_.take(), 0});
  open_ = {kind, blocks_.back().size, header_size(expected_size)};
  append(open_->header_size);
}

MutableBytes OutgoingFrames::append(std::size_t size) {
  Block& block = blocks_.back();
  const std::size_t end = block.size + size;
  if (end > block.buffer.size()) block.buffer.resize(std::max(end, 2 * block.buffer.size()));
  const MutableBytes space = MutableBytes{block.buffer}.subspan(block.size, size);
  block.size = end;
  byte_count_ += size;
  return space;
}

bool OutgoingFrames::end_frame() {
  if (!open_) return false;
  Block& block = blocks_.back();
  const std::size_t length = block.size - open_->start - open_->header_size;
  const std::size_t wanted = header_size(length);
  if (wanted > open_->header_size) append(wanted - open_->header_size);
  std::uint8_t* frame = block.buffer.data() + open_->start;
  if (wanted != open_->header_size) {
    std::memmove(frame + wanted, frame + open_->header_size, length);
  }
  byte_count_ -= block.size - (open_->start + wanted + length);
  block.size = open_->start + wanted + length;

  ByteWriter header{MutableBytes{frame, wanted}};
  write_header(header, open_->kind, length, mask_keys_ != nullptr ? kMasked : std::uint8_t{0});
  if (mask_keys_ != nullptr) {
    const MaskKeys::Key key = mask_keys_->next();
    header.bytes(key);
    mask({frame + wanted, length}, key);
  }
  open_.reset();
  return true;
}

std::size_t OutgoingFrames::header_size(std::size_t payload_size) const {
  const std::size_t length_size = payload_size < kLength16 ? 0 : payload_size <= 0xffff ? 2 : 8;
  return 2 + length_size + (mask_keys_ != nullptr ? MaskKeys::Key().size() : 0);
}

MutableBytes OutgoingFrames::front() {
  return MutableBytes{blocks_.front().buffer}.first(blocks_.front().size);
}

void OutgoingFrames::pop_front() {
  byte_count_ -= blocks_.front().size;
  pool_.give_back(std::move(blocks_.front().buffer));
  blocks_.erase(blocks_.begin());
  if (blocks_.empty()) blocks_ = std::vector<Block>();  // an idle connection keeps nothing
}

void OutgoingFrames::clear() {
  blocks_ = std::vector<Block>();
  open_.reset();
  byte_count_ = 0;
}

}  // namespace floe::native
