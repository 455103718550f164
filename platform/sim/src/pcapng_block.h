// Writes one block of a pcapng file: type, length, body, options, the length again
// (draft-ietf-opsawg-pcapng, section 3.1). All numbers are little-endian, and the file says so.
#pragma once

#include <cstdint>

#include "floe/types/bytes.h"

namespace floe::sim {

enum class BlockType : std::uint32_t {
  interface_description = 1,
  enhanced_packet = 6,
  section_header = 0x0A0D0D0A,
};

class PcapngBlock {
 public:
  PcapngBlock(ByteVector& out, BlockType type) : out_(out), start_(out.size()) {
    u32(static_cast<std::uint32_t>(type)).u32(0);
  }
  /// The block is complete.
  ~PcapngBlock() {
    if (has_options_) u32(0);  // opt_endofopt
    const auto size = static_cast<std::uint32_t>(out_.size() - start_ + 4);
    u32(size);
    for (std::size_t i = 0; i < 4; ++i) out_[start_ + 4 + i] = out_[out_.size() - 4 + i];
  }
  PcapngBlock(const PcapngBlock&) = delete;
  PcapngBlock& operator=(const PcapngBlock&) = delete;

  PcapngBlock& u16(std::uint16_t value) { return number(value, 2); }
  PcapngBlock& u32(std::uint32_t value) { return number(value, 4); }
  /// "Padded to 32 bits".
  PcapngBlock& padded(Bytes bytes) {
    out_.insert(out_.end(), bytes.begin(), bytes.end());
    while ((out_.size() - start_) % 4 != 0) out_.push_back(0);
    return *this;
  }
  PcapngBlock& option(std::uint16_t code, Bytes value) {
    has_options_ = true;
    return u16(code).u16(static_cast<std::uint16_t>(value.size())).padded(value);
  }

 private:
  PcapngBlock& number(std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) out_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    return *this;
  }

  ByteVector& out_;
  std::size_t start_;
  bool has_options_ = false;
};

}  // namespace floe::sim
