// When connectivity checks may be sent (RFC 8445, sections 6.1.4.2 and 14.2).
//
// "ICE agents SHOULD use a default Ta value, 50 ms", and all agents of a host together must not
// begin transactions faster than one in 5 ms: pacing protects NATs from a flood of new bindings,
// and it protects hosts that have not yet shown that they want our packets.
//
// Deviation: (section 14.2) a check on a five-tuple that has delivered an authenticated message
// opens no binding and goes to a host that asked for it. Such a check does not wait for a slot; a
// pair may send at most kUnpacedChecksMax of them in kUnpacedWindow. PacerConfig::strict turns this
// off.
//
// Deviation: (section 14.3) a slot that has nothing new to check repeats an unanswered check, as a
// fresh transaction: a lost check then costs Ta, not the 500 ms of the first retransmission. A pair
// is checked at most once per Ta, with at most kTransactionsPerPairMax transactions. After these, a
// pair that has delivered an authenticated message is checked every kSlowRepeat slots, at most
// kAttemptsMax times in all: a path that works in one direction will probably work in the other.
// `strict` turns this off, too. A repeat that is late by more than Ta is put off, for as long as
// its pair was checked less than kRepeatAnyway ago: the loop is behind, so the answer may be
// waiting to be read, and one check more would keep the loop behind.
#pragma once

#include <algorithm>
#include <cstdint>

#include "floe/types/time.h"

namespace floe::ice {

/// RFC 8445, section 14.2: the value of an agent that proposes none.
inline constexpr Duration kTaDefault = 50ms;

struct PacerConfig {
  Duration ta = kTaDefault;  ///< at least 5 ms; the larger one of both agents counts
  bool strict = false;       ///< as in RFC 8445: neither deviation above
};

inline constexpr Duration kTaMin = 5ms;
/// Deviation: (section 14.2) a peer cannot slow the checks down further than this, or it could stop
/// them.
inline constexpr Duration kTaMax = 2s;
inline constexpr int kSlowRepeat = 4;
inline constexpr Duration kRepeatAnyway = 500ms;
inline constexpr std::uint8_t kAttemptsMax = 60;
inline constexpr std::uint8_t kUnpacedChecksMax = 3;
inline constexpr Duration kUnpacedWindow = 20ms;
/// Up to this many role conflicts, the repeated check of a pair need not wait for a slot; honest
/// agents have one or two.
inline constexpr std::uint8_t kUnpacedConflictsMax = 3;

/// Shared by the agents of one process: together they take at most one slot in 5 ms.
class SharedPacer {
 public:
  Timestamp next_slot() const { return next_slot_; }
  void take(Timestamp now) { next_slot_ = now + kTaMin; }

 private:
  Timestamp next_slot_ = Timestamp::min();
};

class Pacer {
 public:
  explicit Pacer(const PacerConfig& config, SharedPacer* shared)
      : own_ta_(std::max(config.ta, kTaMin)),
        ta_(own_ta_),
        strict_(config.strict),
        shared_(shared) {}

  /// RFC 8445, section 14.2: "Both agents MUST use the higher value of the proposed values."
  void agree_with(Duration peers_ta) { ta_ = std::max(own_ta_, std::min(peers_ta, kTaMax)); }

  Duration ta() const { return ta_; }
  bool strict() const { return strict_; }

  /// The earliest time at which a check that costs a slot may be sent.
  Timestamp next_slot() const {
    return shared_ == nullptr ? next_slot_ : std::max(next_slot_, shared_->next_slot());
  }
  bool slot_is_free(Timestamp now) const { return next_slot() <= now; }

  /// The next slot is Ta from now, although nothing was sent.
  void postpone(Timestamp now) { next_slot_ = now + ta_; }

  void take_slot(Timestamp now) {
    next_slot_ = now + ta_;
    if (shared_ != nullptr) shared_->take(now);
  }

 private:
  Duration own_ta_;
  Duration ta_;
  bool strict_;
  SharedPacer* shared_;
  Timestamp next_slot_ = Timestamp::min();
};

/// The number of checks that a pair may still send without a slot.
class UnpacedAllowance {
 public:
  bool take(Timestamp now) {
    if (count_ == 0 || now - window_start_ >= kUnpacedWindow) {
      window_start_ = now;
      count_ = 0;
    }
    if (count_ == kUnpacedChecksMax) return false;
    ++count_;
    return true;
  }

  /// When take() may succeed again, seen from `now`.
  Timestamp available_at(Timestamp now) const {
    const bool used_up = count_ == kUnpacedChecksMax && now - window_start_ < kUnpacedWindow;
    return used_up ? window_start_ + kUnpacedWindow : now;
  }

 private:
  Timestamp window_start_{};
  std::uint8_t count_ = 0;
};

}  // namespace floe::ice
