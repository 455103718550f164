// Which waiting pair is checked next (RFC 8445, section 6.1.4.2).
//
// Each stream has its check list, and the lists take turns: a list that has nothing to check passes
// its turn on. Within a list the pair of highest priority is next; among equal pairs, the first.
#pragma once

#include <optional>

#include "check_list.h"

namespace floe::ice {

class CheckOrder {
 public:
  /// `streams` > 0.
  explicit CheckOrder(CheckList& pairs, std::uint8_t streams = 1)
      : pairs_(pairs), streams_(streams) {}

  /// The highest waiting pair of the stream whose turn it is. A stream without a waiting pair
  /// unfreezes the pairs that may be unfrozen; when no stream has a waiting pair, the highest
  /// frozen pair is next.
  std::optional<PairIndex> next();
  /// Whether next() would find one.
  bool has_next() const;

 private:
  std::optional<PairIndex> next_in(PairState state);
  std::optional<PairIndex> best_in(DataStreamId stream, PairState state) const;

  CheckList& pairs_;
  std::uint8_t streams_;
  DataStreamId turn_ = 0;
};

}  // namespace floe::ice
