// What happened in a world: readable, and hashed so that two runs can be compared.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "floe/types/address.h"
#include "floe/types/bytes.h"
#include "floe/types/time.h"

namespace floe::sim {

class Trace {
 public:
  static constexpr std::size_t kLinesMax = 4096;  ///< later ones are hashed only

  void datagram(Timestamp at, const SocketAddress& from, const SocketAddress& to, Bytes payload,
                bool lost) {
    hash(as_bytes(from.to_text()));
    hash(as_bytes(to.to_text()));
    hash(payload);
    line(at, from.to_text() + " -> " + to.to_text() + " " + std::to_string(payload.size()) +
                 " bytes" + (lost ? " lost" : ""));
  }

  void note(Timestamp at, std::string_view text) { line(at, std::string(text)); }

  std::uint64_t hash_value() const { return hash_; }
  const std::vector<std::string>& lines() const { return lines_; }

 private:
  void line(Timestamp at, std::string text) {
    text = std::to_string(at.time_since_epoch().count()) + " " + text;
    hash(as_bytes(text));
    if (lines_.size() < kLinesMax) lines_.push_back(std::move(text));
  }

  void hash(Bytes bytes) {  // FNV-1a
    for (const std::uint8_t byte : bytes) hash_ = (hash_ ^ byte) * 0x100000001b3;
  }

  std::uint64_t hash_ = 0xcbf29ce484222325;
  std::vector<std::string> lines_;
};

}  // namespace floe::sim
