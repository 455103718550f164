// Copies of the datagrams handed in, which outputs point at until all are taken.
//
// The core does not copy them. C programs reuse a buffer soon; with the copy, the rule is simple: a
// function reads its arguments during the call only.
#pragma once

#include <optional>
#include <vector>

#include "floe/types/bytes.h"

namespace floe::c {

class PayloadStore {
 public:
  /// The most datagrams that are kept until the outputs are polled.
  static constexpr std::size_t kHeldMax = 256;

  /// A copy that lives until clear(); nothing when kHeldMax are held.
  std::optional<Bytes> keep(Bytes payload);
  /// Frees the latest copy, when no output points at it.
  void drop_last() { --used_; }
  void clear();

 private:
  /// Buffers that are kept to be used again, the usual number being one.
  static constexpr std::size_t kIdleMax = 4;

  std::vector<ByteVector> buffers_;  // the buffers from used_ on are idle
  std::size_t used_ = 0;
};

}  // namespace floe::c
