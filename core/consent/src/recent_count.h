// How often something happened within the last minute.
#pragma once

#include <array>
#include <cstdint>

#include "floe/types/time.h"

namespace floe::consent {

/// Counts by parts of five seconds and looks back over one part more than a minute has, so that no
/// minute, wherever it begins, has more than the sum.
class RecentCount {
 public:
  void add(Timestamp now);
  std::size_t sum(Timestamp now);

 private:
  static constexpr Duration kPart = std::chrono::seconds(5);
  static constexpr std::size_t kParts = 13;

  void forget_old(Timestamp now);

  std::array<std::uint16_t, kParts> parts_{};
  std::int64_t current_ = 0;  // the number of the latest part since the clock's beginning
  std::size_t sum_ = 0;
};

}  // namespace floe::consent
