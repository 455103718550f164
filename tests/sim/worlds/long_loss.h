// A call of many hours over a link that loses datagrams at random, and all of them for 5 s now and
// then: the agents must not take this for the end of the path.
#pragma once

#include <cstdint>
#include <string>

#include "floe/types/time.h"

namespace floe::sim {

struct LongLossOptions {
  std::uint64_t seed = 1;
  std::uint32_t loss_percent = 10;  ///< each way
  std::uint32_t hours = 1;
};

struct LongLoss {
  std::uint32_t failed = 0;        ///< of both ends; the path still delivers, so each is false
  std::uint32_t disconnected = 0;  ///< of both ends
  std::uint64_t sent = 0;          ///< datagrams that the agents took, both ways
  std::uint64_t received = 0;

  std::string to_text(const LongLossOptions& options) const;
};

/// Ends with the first false `failed`.
LongLoss run_long_loss(const LongLossOptions& options);

}  // namespace floe::sim
