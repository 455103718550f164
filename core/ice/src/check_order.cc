#include "check_order.h"

#include <algorithm>

namespace floe::ice {

// Deviation: (section 6.1.4.2) a slot that would stay idle goes to a frozen pair, although its
// foundation is still being tried. That may take 39.5 seconds; and if two agents behind filtering
// NATs unfreeze different components, each waits for a check that the other does not send.
std::optional<PairIndex> CheckOrder::next() {
  if (const auto next = next_in(PairState::waiting)) return next;
  return next_in(PairState::frozen);
}

std::optional<PairIndex> CheckOrder::next_in(PairState state) {
  for (std::uint8_t passed = 0; passed < streams_; ++passed) {
    const auto stream = static_cast<DataStreamId>((turn_ + passed) % streams_);
    std::optional<PairIndex> next;
    if (state == PairState::waiting && has_many_waiting(stream) && ++in_order_ >= kTurnsForOrder) {
      next = best_of_untried_kind(stream);
      in_order_ = 0;
    }
    if (!next) next = best_in(stream, state);
    if (!next && state == PairState::waiting) {
      pairs_.unfreeze(stream);
      next = best_in(stream, state);
    }
    if (!next) continue;
    turn_ = static_cast<DataStreamId>((stream + 1) % streams_);
    return next;
  }
  return std::nullopt;
}

std::optional<PairIndex> CheckOrder::best_in(DataStreamId stream, PairState state) const {
  std::optional<PairIndex> best;
  for (const PairIndex index : pairs_.indices()) {
    const CandidatePair& pair = pairs_.at(index);
    if (pair.state != state || pair.component.stream != stream) continue;
    if (!best || pair.priority > pairs_.at(*best).priority) best = index;
  }
  return best;
}

std::optional<PairIndex> CheckOrder::best_of_untried_kind(DataStreamId stream) const {
  List<PairKind> tried;
  for (const PairIndex index : pairs_.indices()) {
    if (pairs_.at(index).statistics.requests_sent == 0) continue;
    const PairKind kind = pairs_.kind_of(index);
    if (std::ranges::find(tried, kind) == tried.end()) tried.push_back(kind);
  }
  std::optional<PairIndex> best;
  for (const PairIndex index : pairs_.indices()) {
    const CandidatePair& pair = pairs_.at(index);
    if (pair.state != PairState::waiting || pair.component.stream != stream) continue;
    if (best && pair.priority <= pairs_.at(*best).priority) continue;
    if (std::ranges::find(tried, pairs_.kind_of(index)) == tried.end()) best = index;
  }
  return best;
}

bool CheckOrder::has_many_waiting(DataStreamId stream) const {
  std::size_t count = 0;
  for (const CandidatePair& pair : pairs_.all()) {
    count += pair.state == PairState::waiting && pair.component.stream == stream ? 1u : 0u;
  }
  return count > kManyWaiting;
}

bool CheckOrder::has_next() const {
  return std::ranges::any_of(pairs_.all(), [](const CandidatePair& pair) {
    return pair.state == PairState::waiting || pair.state == PairState::frozen;
  });
}

}  // namespace floe::ice
