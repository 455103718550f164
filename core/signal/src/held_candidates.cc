#include "floe/signal/held_candidates.h"

#include "floe/signal/limits.h"

namespace floe::signal {

bool HeldCandidates::hold(CandidateMessage message) {
  const bool full = items_.size() == kHeldCandidatesMax;
  if (full) items_.erase(items_.begin());
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
  std::vector<CandidateMessage> kept;
  for (CandidateMessage& item : items_) {
    (item.ufrag == ufrag ? released : kept).push_back(std::move(item));
  }
  items_ = std::move(kept);
  return released;
}

}  // namespace floe::signal
