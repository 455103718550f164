// The armed timers of a Loop, earliest first.
#pragma once

#include <cstdint>
#include <vector>

#include "floe/api/timer.h"

namespace floe::native {

class Loop;
class LoopTimer;

/// A binary heap ordered by deadline, then by the sequence of arming; each timer knows its place in
/// it, so arming, re-arming and disarming cost O(log n) and allocate nothing once it has grown.
class TimerQueue {
 public:
  void arm(LoopTimer& timer, Timestamp when);
  void disarm(LoopTimer& timer);

  Timestamp next_deadline() const { return heap_.empty() ? kNever : heap_.front().when; }
  /// Begins a round: the timers due at `now` are about to fire. Returns the sequence number to give
  /// to take_due(), so that a timer armed during the round waits for the next one.
  std::uint64_t begin_round(Timestamp now) {
    round_ = now;
    return next_sequence_;
  }
  /// Removes and returns the first timer due at `now` and armed before `sequence`, or null.
  LoopTimer* take_due(Timestamp now, std::uint64_t sequence);

 private:
  struct Entry {
    Timestamp when;
    std::uint64_t sequence;
    LoopTimer* timer;
    bool before(const Entry& other) const {
      return when != other.when ? when < other.when : sequence < other.sequence;
    }
  };

  void sift_up(std::size_t index);
  void sift_down(std::size_t index);
  void place(std::size_t index, const Entry& entry);

  std::vector<Entry> heap_;
  std::uint64_t next_sequence_ = 0;
  Timestamp round_;  // the time of the latest round: a timer armed for an earlier time waits behind
                     // the others
};

/// A Timer of a Loop.
class LoopTimer final : public Timer {
 public:
  LoopTimer(Loop& loop, TimerListener& listener) : loop_(loop), listener_(listener) {}
  ~LoopTimer() override { arm(kNever); }
  void arm(Timestamp when) override;

 private:
  friend class Loop;
  friend class TimerQueue;
  static constexpr std::size_t kDisarmed = static_cast<std::size_t>(-1);

  Loop& loop_;
  TimerListener& listener_;
  std::size_t index_ = kDisarmed;
};

}  // namespace floe::native
