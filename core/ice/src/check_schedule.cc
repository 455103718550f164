#include "check_schedule.h"

#include <algorithm>

#include "floe/ice/limits.h"

namespace floe::ice {

std::optional<PairIndex> CheckSchedule::next(Timestamp now) {
  if (const auto triggered = next_triggered(now)) return triggered;
  if (!pacer_.slot_is_free(now)) return std::nullopt;
  auto next = order_.next();
  if (!next) {
    next = next_repeat(now);
    if (next && is_too_late(pairs_.at(*next), now)) {
      pacer_.postpone(now);
      return std::nullopt;
    }
  }
  if (next) pacer_.take_slot(now);
  return next;
}

/// The answer may have arrived while the loop was busy with others, and not have been read yet.
bool CheckSchedule::is_too_late(const CandidatePair& pair, Timestamp now) const {
  if (now - pair.last_check_at >= kRepeatAnyway) return false;
  return now - std::max(pacer_.next_slot(), repeat_at(pair)) > pacer_.ta();
}

std::optional<PairIndex> CheckSchedule::next_triggered(Timestamp now) {
  for (const PairIndex index : pairs_.triggered()) {
    CandidatePair& pair = pairs_.at(index);
    const bool unpaced = may_go_unpaced(pair) && pair.unpaced.take(now);
    if (!unpaced) {
      if (!pacer_.slot_is_free(now)) continue;
      pacer_.take_slot(now);
    }
    const PairIndex chosen = index;
    pairs_.untrigger(chosen);
    return chosen;
  }
  return std::nullopt;
}

bool CheckSchedule::may_go_unpaced(const CandidatePair& pair) const {
  return !pacer_.strict() && pair.heard && pair.conflicts <= kUnpacedConflictsMax;
}

bool CheckSchedule::may_repeat(const CandidatePair& pair) const {
  const std::size_t limit = pair.heard ? kAttemptsMax : kTransactionsPerPairMax;
  return !pacer_.strict() && pair.awaits_answer() && pair.attempts < limit;
}

Timestamp CheckSchedule::repeat_at(const CandidatePair& pair) const {
  const int slots = pair.attempts < kTransactionsPerPairMax ? 1 : kSlowRepeat;
  return pair.last_check_at + pacer_.ta() * slots;
}

/// The most promising pair whose last check is old enough and not yet answered.
std::optional<PairIndex> CheckSchedule::next_repeat(Timestamp now) const {
  std::optional<PairIndex> best;
  for (const PairIndex index : pairs_.indices()) {
    const CandidatePair& pair = pairs_.at(index);
    if (!may_repeat(pair) || now < repeat_at(pair)) continue;
    if (!best || pair.priority > pairs_.at(*best).priority) best = index;
  }
  return best;
}

Timestamp CheckSchedule::deadline(Timestamp now) const {
  const Timestamp slot = pacer_.next_slot();
  Timestamp earliest = order_.has_next() ? slot : kNever;
  for (const PairIndex index : pairs_.triggered()) {
    const CandidatePair& pair = pairs_.at(index);
    const bool unpaced = may_go_unpaced(pair);
    earliest = std::min(earliest, unpaced ? std::min(slot, pair.unpaced.available_at(now)) : slot);
  }
  for (const CandidatePair& pair : pairs_.all()) {
    if (!may_repeat(pair)) continue;
    earliest = std::min(earliest, std::max(slot, repeat_at(pair)));
  }
  return earliest;
}

}  // namespace floe::ice
