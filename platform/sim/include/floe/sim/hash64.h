// A 64-bit hash of numbers and bytes that is the same on every machine. It compares runs, and is no
// protection against attackers.
#pragma once

#include <cstdint>

#include "floe/sim/endpoint_key.h"

namespace floe::sim {

class Hash64 {
 public:
  void add(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x9fb21c651e98df25;
    state_ ^= state_ >> 32;
  }

  void add(const TransportAddress& address) {
    const EndpointKey key = EndpointKey::of(address);
    add(key.ip.high);
    add(key.ip.low);
    add(key.port);
  }

  void add(Bytes bytes) {
    add(std::uint64_t{bytes.size()});
    while (bytes.size() >= 8) {
      add(word_of(bytes.first<8>()));
      bytes = bytes.subspan(8);
    }
    std::uint64_t rest = 0;
    for (const std::uint8_t byte : bytes) rest = rest << 8 | byte;
    add(rest);
  }

  std::uint64_t value() const { return state_; }

 private:
  static std::uint64_t word_of(std::span<const std::uint8_t, 8> bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 8; i > 0; --i) word = word << 8 | bytes[i - 1];
    return word;
  }

  std::uint64_t state_ = 0xcbf29ce484222325;
};

}  // namespace floe::sim
