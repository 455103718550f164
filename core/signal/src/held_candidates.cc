#include "held_candidates.h"

#include <algorithm>
#include <iterator>

#include "floe/signal/limits.h"

namespace floe::signal {

bool HeldCandidates::hold(CandidateMessage message) {
  const bool full = items_.size() == kHeldCandidatesMax;
  if (full) items_.pop_front();
  items_.push_back(std::move(message));
  return !full;
}

bool HeldCandidates::withdraw(const CandidateRemoved& removed) {
  return std::erase_if(items_, [&](const CandidateMessage& held) {
           return held.ufrag == removed.ufrag && held.init == removed.init;
         }) > 0;
}

std::vector<CandidateMessage> HeldCandidates::release(std::string_view ufrag) {
  const auto found =
      std::stable_partition(items_.begin(), items_.end(),
                            [&](const CandidateMessage& item) { return item.ufrag != ufrag; });
  std::vector<CandidateMessage> released(std::make_move_iterator(found),
                                         std::make_move_iterator(items_.end()));
  items_.erase(found, items_.end());
  return released;
}

}  // namespace floe::signal
