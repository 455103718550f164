// Checks of the peer that arrived before its description did.
//
// They were answered, since our own password authenticates them. The agent acts on them once the
// peer's description has come: otherwise it would wait for the peer's next check, and the peer may
// have no check left to send.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "floe/ice/limits.h"
#include "heard_check.h"

namespace floe::ice {

class EarlyChecks {
 public:
  /// A repeated check updates the first. Beyond kEarlyChecksMax the check of lowest priority is
  /// forgotten; checks that nominate go last, since they are the peer's decision. False: a check
  /// was forgotten.
  bool remember(const HeardCheck& check) {
    for (HeardCheck& known : checks_) {
      if (known.path == check.path && known.sender_ufrag == check.sender_ufrag) {
        known.use_candidate = known.use_candidate || check.use_candidate;
        known.nomination = std::max(known.nomination, check.nomination);
        known.heard_at = check.heard_at;
        return true;
      }
    }
    if (checks_.size() < kEarlyChecksMax) {
      checks_.push_back(check);
      return true;
    }
    const auto worth = [](const HeardCheck& known) {
      return std::pair(known.use_candidate, known.priority);
    };
    const auto lowest = std::ranges::min_element(checks_, {}, worth);
    if (worth(*lowest) < worth(check)) {
      checks_.erase(lowest);
      checks_.push_back(check);
    }
    return false;
  }

  /// Whether a check that proved to know our password came by this path.
  bool knows(const Route& path) const {
    return std::ranges::find(checks_, path, &HeardCheck::path) != checks_.end();
  }

  /// Returns all checks in the order of arrival, and forgets them.
  std::vector<HeardCheck> release() { return std::exchange(checks_, {}); }

 private:
  std::vector<HeardCheck> checks_;
};

}  // namespace floe::ice
