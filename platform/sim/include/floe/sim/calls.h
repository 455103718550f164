// Functions that are called once, at a later time: for the actions of a test. Datagrams use the
// EventQueue directly.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "floe/sim/event_queue.h"

namespace floe::sim {

class Calls final : private EventHandler {
 public:
  using Action = std::function<void()>;

  explicit Calls(EventQueue& queue) : queue_(queue) {}

  void schedule(Timestamp at, Action action) {
    std::size_t slot = actions_.size();
    if (free_.empty()) {
      actions_.push_back(std::move(action));
    } else {
      slot = free_.back();
      free_.pop_back();
      actions_[slot] = std::move(action);
    }
    queue_.schedule(at, *this, slot);
  }

 private:
  void on_event(std::uint64_t event) override {
    const auto slot = static_cast<std::size_t>(event);
    const Action action = std::exchange(actions_[slot], nullptr);
    free_.push_back(slot);
    action();
  }

  EventQueue& queue_;
  std::vector<Action> actions_;
  std::vector<std::size_t> free_;
};

}  // namespace floe::sim
