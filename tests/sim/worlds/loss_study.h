// How long two agents with host candidates take to connect when datagrams are lost: default
// settings, a round trip of 20 ms, each datagram lost with the same odds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "floe/types/time.h"

namespace floe::sim {

class LossStudy {
 public:
  explicit LossStudy(std::uint32_t loss_percent) : loss_percent_(loss_percent) {}

  /// One more connect.
  void run(std::uint64_t seed);

  /// One line: how many connected as fast as without loss, the median, the tail, those that never
  /// did.
  std::string to_text() const;

 private:
  std::uint32_t loss_percent_;
  std::vector<Duration> times_;
  std::uint64_t never_ = 0;
};

}  // namespace floe::sim
