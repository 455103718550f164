// Whether a selected path still works, apart from consent (RFC 7675), which only says whether the
// peer wants our packets.
//
// All that comes from the peer on the path says that it works: data, checks, answers. Silence means
// nothing while this agent sends nothing. When it sends and hears nothing for kDoubtAfter, the path
// is in doubt: it is checked at once, and after kOthersAfter other pairs are checked, too. So a
// one-way sender, who hears only answers to its checks, is in doubt only if these stay out.
//
//   works ----kDoubtAfter without an answer--> in doubt   check the path, again each kCheckAgainAfter
//   in doubt --kOthersAfter------------------> in doubt   check others, again each kOthersAgainAfter
//   in doubt --heard()-----------------------> works
#pragma once

#include <algorithm>
#include <cstdint>

#include "floe/types/time.h"

namespace floe::ice {

inline constexpr Duration kDoubtAfter = 2500ms;
/// The same once the peer has sent a check on another pair: it may have moved.
inline constexpr Duration kSuspectAfter = 500ms;
/// A selected path is left only after it was in doubt, and checked, for so long.
inline constexpr Duration kLeaveAfter = 250ms;
/// Soon after a pair was selected, the peer's checks on others are only late.
inline constexpr Duration kSettledAfter = 1s;
inline constexpr Duration kCheckAgainAfter = 2500ms;
inline constexpr Duration kOthersAfter = 500ms;
inline constexpr Duration kOthersAgainAfter = 5s;

class Liveness {
 public:
  enum class Step : std::uint8_t { none, check_path, check_others };

  /// The pair was selected at `now`, and its latest message came at `heard_at`.
  Liveness(Timestamp heard_at, Timestamp now) : heard_at_(heard_at), selected_at_(now) {}

  void heard(Timestamp at) {
    if (at < heard_at_) return;
    heard_at_ = at;
    unanswered_since_ = doubted_at_ = kNever;
    others_checked_ = false;
  }
  /// True when nothing was unanswered before: deadline() may be earlier now.
  bool sent(Timestamp now) {
    if (unanswered_since_ != kNever) return false;
    unanswered_since_ = now;
    return true;
  }
  /// The peer sent a check on another pair. False: too early to mean anything.
  bool suspect(Timestamp now) {
    if (now < selected_at_ + kSettledAfter) return false;
    unanswered_since_ = std::min(unanswered_since_, heard_at_ + kSuspectAfter - kDoubtAfter);
    return true;
  }
  /// The peer said that it has left the path.
  void doubt(Timestamp now) { unanswered_since_ = std::min(unanswered_since_, now - kDoubtAfter); }

  bool is_in_doubt() const { return doubted_at_ != kNever; }
  /// Another pair that answers may be selected.
  bool may_be_left(Timestamp now) const {
    return is_in_doubt() && now >= doubted_at_ + kLeaveAfter;
  }
  /// Other pairs are checked, because nothing came on this one.
  bool others_checked() const { return others_checked_; }
  /// Lately enough to know that none of them answers: not if this host slept since.
  bool others_checked_lately(Timestamp now) const { return others_checked_ && now <= others_at_; }
  Timestamp heard_at() const { return heard_at_; }

  /// What is due now.
  Step update(Timestamp now) {
    if (unanswered_since_ == kNever || now < unanswered_since_ + kDoubtAfter) return Step::none;
    if (!is_in_doubt()) {
      doubted_at_ = now;
      check_at_ = now + kCheckAgainAfter;
      others_at_ = now + kOthersAfter;
      return Step::check_path;
    }
    if (now >= others_at_) {
      others_at_ = now + kOthersAgainAfter;
      others_checked_ = true;
      return Step::check_others;
    }
    if (now < check_at_) return Step::none;
    check_at_ = now + kCheckAgainAfter;
    return Step::check_path;
  }

  /// When update() has something to do.
  Timestamp deadline(Timestamp now) const {
    if (unanswered_since_ == kNever) return kNever;
    if (!is_in_doubt()) return unanswered_since_ + kDoubtAfter;
    const Timestamp next = std::min(others_at_, check_at_);
    return may_be_left(now) ? next : std::min(next, doubted_at_ + kLeaveAfter);
  }

 private:
  Timestamp heard_at_;
  Timestamp selected_at_;
  Timestamp unanswered_since_ = kNever;
  Timestamp doubted_at_ = kNever;
  Timestamp check_at_ = kNever;
  Timestamp others_at_ = kNever;
  bool others_checked_ = false;
};

}  // namespace floe::ice
