// CPU for one call of many.
#pragma once

#include "measure/clocks.h"

namespace floe::bench {

/// Nanoseconds of CPU for one call of `work`.
template <class Work>
double ns_each(std::size_t calls, Work work) {
  const std::int64_t start = cpu_ns();
  for (std::size_t i = 0; i < calls; ++i) work();
  return static_cast<double>(cpu_ns() - start) / static_cast<double>(calls);
}

}  // namespace floe::bench
