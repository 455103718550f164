// Checks of the peer that arrived before its description did.
//
// They were answered, since our own password proves them; what they reveal is used once the peer's
// password is known: without this, connecting waits for the next check of a peer that may have none
// left to send.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "floe/ice/candidate_pair.h"
#include "floe/ice/limits.h"
#include "floe/types/list.h"

namespace floe::ice {

struct EarlyCheck {
  TransportAddress base;
  TransportAddress source;
  std::string sender_ufrag;
  std::uint32_t priority;
  bool use_candidate;
  std::uint32_t nomination;  ///< 0: the attribute was not there
  Timestamp heard_at;
};

class EarlyChecks {
 public:
  /// A repeated check updates the first. Beyond kEarlyChecksMax the one of lowest priority is
  /// forgotten, those that nominate last: they are what the peer has decided. False: one was.
  bool remember(const EarlyCheck& check) {
    for (EarlyCheck& known : checks_) {
      if (known.base == check.base && known.source == check.source &&
          known.sender_ufrag == check.sender_ufrag) {
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
    const auto worth = [](const EarlyCheck& known) {
      return std::pair(known.use_candidate, known.priority);
    };
    const auto lowest = std::ranges::min_element(checks_, {}, worth);
    if (worth(*lowest) < worth(check)) {
      checks_.erase(lowest);
      checks_.push_back(check);
    }
    return false;
  }

  /// Whether somebody who knows our password asked from `source`.
  bool knows(const TransportAddress& base, const TransportAddress& source) const {
    return std::ranges::any_of(checks_, [&](const EarlyCheck& check) {
      return check.base == base && check.source == source;
    });
  }

  /// All of them, in the order of arrival; none are kept.
  std::vector<EarlyCheck> take() { return std::exchange(checks_, {}); }

 private:
  std::vector<EarlyCheck> checks_;
};

}  // namespace floe::ice
