// Which waiting pair is checked next (RFC 8445, section 6.1.4.2).
//
// Each stream has its check list, and the lists take turns: a list that has nothing to check passes
// its turn on. Within a list the pair of highest priority is next; among equal pairs, the first.
//
// Deviation: (section 6.1.4.2) while more than kManyWaiting pairs of a list wait, one check of
// kTurnsForOrder goes to the best pair of a kind that was not tried yet. By priority alone, pairs
// of bridges that lead nowhere would be tried for seconds before the first relayed pair.
#pragma once

#include <cstdint>
#include <optional>

#include "check_list.h"

namespace floe::ice {

inline constexpr std::size_t kManyWaiting = 20;
inline constexpr std::uint8_t kTurnsForOrder = 4;

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
  std::optional<PairIndex> best_of_untried_kind(DataStreamId stream) const;
  bool has_many_waiting(DataStreamId stream) const;

  CheckList& pairs_;
  std::uint8_t streams_;
  DataStreamId turn_ = 0;
  std::uint8_t in_order_ = 0;  // checks by priority since the last one that was not
};

}  // namespace floe::ice
