// The coming events of a simulated world, in the order of time.
//
// Events of the same time happen in the order in which they were scheduled, so that a run depends
// on nothing but its inputs. An event is a number for its handler: scheduling one allocates
// nothing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "floe/types/time.h"

namespace floe::sim {

/// Not zero, so that no code can rely on a world that starts at zero.
inline constexpr Timestamp kBeginning = Timestamp(1'000'000s);

class EventHandler {
 public:
  /// `event` is the number that was passed to schedule().
  virtual void on_event(std::uint64_t event) = 0;

 protected:
  ~EventHandler() = default;
};

class EventQueue {
 public:
  EventQueue() { events_.reserve(kReserved); }

  Timestamp now() const { return now_; }
  bool empty() const { return events_.empty(); }
  Timestamp next_at() const { return events_.empty() ? kNever : events_.front().at; }

  /// At `at`, or now if that has passed. `handler` must outlive the queue.
  void schedule(Timestamp at, EventHandler& handler, std::uint64_t event) {
    events_.push_back({std::max(at, now_), sequence_++, &handler, event});
    std::ranges::push_heap(events_, later);
  }

  /// Lets the next event happen; there must be one.
  void step() {
    std::ranges::pop_heap(events_, later);
    const Event next = events_.back();
    events_.pop_back();
    now_ = next.at;
    next.handler->on_event(next.event);
  }

  /// Lets time pass without an event.
  void advance_to(Timestamp at) { now_ = std::max(now_, at); }

 private:
  static constexpr std::size_t kReserved = 64;

  struct Event {
    Timestamp at;
    std::uint64_t sequence;
    EventHandler* handler;
    std::uint64_t event;
  };
  static bool later(const Event& a, const Event& b) {
    return a.at != b.at ? a.at > b.at : a.sequence > b.sequence;
  }

  Timestamp now_ = kBeginning;
  std::uint64_t sequence_ = 0;
  std::vector<Event> events_;
};

}  // namespace floe::sim
