// A flood in one direction: one thread sends for a while, another counts what arrives.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "measure/program.h"

namespace floe::bench {

struct FloodPlan {
  explicit FloodPlan(const Options& options);

  std::size_t bytes;
  std::size_t burst;     ///< datagrams sent before the sender looks after its other work
  std::int64_t per_s;    ///< 0: as fast as they are taken
  std::int64_t span_ns;  ///< how long
};

/// `send_burst` sends the datagrams of a burst, does the other work, and returns how many were
/// taken. `receive` runs in a thread of its own until the flag is false; it returns how many came.
void measure_flood(const FloodPlan& plan, const std::function<std::size_t()>& send_burst,
                   const std::function<std::size_t(const std::atomic<bool>&)>& receive);

}  // namespace floe::bench
