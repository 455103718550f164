#include "outgoing_frames.h"

namespace floe::native {
namespace {

constexpr std::uint8_t kFin = 0x80;
constexpr std::uint8_t kText = 0x1;
constexpr std::uint8_t kBinary = 0x2;
constexpr std::uint8_t kMasked = 0x80;
constexpr std::uint8_t kLength16 = 126;
constexpr std::uint8_t kLength64 = 127;

void append_big_endian(ByteVector& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

void append_header(ByteVector& out, MessageKind kind, std::size_t length, std::uint8_t masked) {
  out.push_back(kFin | (kind == MessageKind::text ? kText : kBinary));
  if (length < kLength16) {
    out.push_back(static_cast<std::uint8_t>(masked | length));
  } else if (length <= 0xffff) {
    out.push_back(masked | kLength16);
    append_big_endian(out, length, 2);
  } else {
    out.push_back(masked | kLength64);
    append_big_endian(out, length, 8);
  }
}

void append_masked(ByteVector& out, Bytes payload, const MaskKeys::Key& key) {
  out.insert(out.end(), key.begin(), key.end());
  const std::size_t start = out.size();
  out.insert(out.end(), payload.begin(), payload.end());
  std::uint8_t* bytes = out.data() + start;
  for (std::size_t i = 0; i < payload.size(); ++i) bytes[i] ^= key[i % key.size()];
}

}  // namespace

ByteVector& OutgoingFrames::block_with_room() {
  if (blocks_.empty() || blocks_.back().size() >= kBlockSize) blocks_.push_back(pool_.take());
  return blocks_.back();
}

void OutgoingFrames::add(MessageKind kind, Bytes payload) {
  ByteVector& block = block_with_room();
  const std::size_t before = block.size();
  append_header(block, kind, payload.size(), mask_keys_ != nullptr ? kMasked : std::uint8_t{0});
  if (mask_keys_ != nullptr) {
    append_masked(block, payload, mask_keys_->next());
  } else {
    block.insert(block.end(), payload.begin(), payload.end());
  }
  byte_count_ += block.size() - before;
}

void OutgoingFrames::pop_front() {
  byte_count_ -= blocks_.front().size();
  pool_.give_back(std::move(blocks_.front()));
  blocks_.erase(blocks_.begin());
  if (blocks_.empty()) blocks_ = {};  // an idle connection keeps nothing
}

void OutgoingFrames::clear() {
  blocks_ = {};
  byte_count_ = 0;
}

}  // namespace floe::native
