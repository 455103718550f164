// Which pair is checked next, and when (RFC 8445, section 6.1.4.2).
//
// Triggered checks come first, in their order; then, one a slot of the Pacer, the waiting pairs in
// order of priority; then repeats of checks that are not yet answered. pacer.h says which checks
// cost a slot, and why some do not.
#pragma once

#include <optional>

#include "check_list.h"
#include "check_order.h"
#include "floe/ice/pacer.h"

namespace floe::ice {

class CheckSchedule {
 public:
  /// `streams` > 0.
  CheckSchedule(CheckList& pairs, Pacer& pacer, std::uint8_t streams = 1)
      : pairs_(pairs), order_(pairs, streams), pacer_(pacer) {}

  /// The pair to check now; its slot, if it needs one, is then taken. Call it until it gives
  /// nothing.
  std::optional<PairIndex> next(Timestamp now);
  /// When next() may have something without a new input, seen from `now`.
  Timestamp deadline(Timestamp now) const;

 private:
  std::optional<PairIndex> next_triggered(Timestamp now);
  std::optional<PairIndex> next_repeat(Timestamp now) const;
  bool may_go_unpaced(const CandidatePair& pair) const;
  bool is_too_late(const CandidatePair& pair, Timestamp now) const;
  bool may_repeat(const CandidatePair& pair) const;
  Timestamp repeat_at(const CandidatePair& pair) const;

  CheckList& pairs_;
  CheckOrder order_;
  Pacer& pacer_;
};

}  // namespace floe::ice
