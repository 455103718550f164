#include "held_candidates.h"

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
  std::vector<CandidateMessage> released;
  for (auto item = items_.begin(); item != items_.end();) {
    if (item->ufrag != ufrag) {
      ++item;
      continue;
    }
    released.push_back(std::move(*item));
    item = items_.erase(item);
  }
  return released;
}

}  // namespace floe::signal
