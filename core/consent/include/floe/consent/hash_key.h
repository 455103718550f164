// The secret of a client's tables: who chooses addresses cannot choose their places in a table.
#pragma once

#include <cstdint>

namespace floe::consent {

/// Random, and never told to anybody.
struct HashKey {
  std::uint64_t first = 0;
  std::uint64_t second = 0;
};

}  // namespace floe::consent
