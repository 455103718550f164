// What will happen in a simulated world, in the order of time.
//
// Events of the same time happen in the order in which they were scheduled, so that a run depends
// on nothing but its inputs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include "floe/types/time.h"

namespace floe::sim {

class EventQueue {
 public:
  using Action = std::function<void()>;

  Timestamp now() const { return now_; }
  bool empty() const { return events_.empty(); }
  Timestamp next_at() const { return events_.empty() ? kNever : events_.front().at; }

  /// At `at`, or now if that has passed.
  void schedule(Timestamp at, Action action) {
    events_.push_back({std::max(at, now_), sequence_++, std::move(action)});
    std::ranges::push_heap(events_, later);
  }

  /// Lets the next event happen; there must be one.
  void step() {
    std::ranges::pop_heap(events_, later);
    Event event = std::move(events_.back());
    events_.pop_back();
    now_ = event.at;
    event.action();
  }

  /// Lets time pass without an event.
  void advance_to(Timestamp at) { now_ = std::max(now_, at); }

 private:
  struct Event {
    Timestamp at;
    std::uint64_t sequence;
    Action action;
  };
  static bool later(const Event& a, const Event& b) {
    return a.at != b.at ? a.at > b.at : a.sequence > b.sequence;
  }

  // Not zero: nothing that is deterministic may depend on starting there.
  Timestamp now_ = Timestamp(1'000'000s);
  std::uint64_t sequence_ = 0;
  std::vector<Event> events_;
};

}  // namespace floe::sim
