// Alarm clocks of a simulated world: each rings once for the last time it was set.
//
// An alarm may be set again, stopped or destroyed while its event waits in the queue. An event
// carries the alarm's slot and its count of settings; an event with an old count is ignored.
#pragma once

#include <cstdint>
#include <vector>

#include "floe/sim/event_queue.h"

namespace floe::sim {

class AlarmListener {
 public:
  virtual void on_alarm() = 0;

 protected:
  ~AlarmListener() = default;
};

class Alarms final : private EventHandler {
 public:
  explicit Alarms(EventQueue& queue) : queue_(queue) {}

  std::uint32_t add(AlarmListener& listener) {
    if (free_.empty()) {
      slots_.push_back({&listener, 0});
      return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    slots_[slot].listener = &listener;
    return slot;
  }
  void remove(std::uint32_t slot) {
    stop(slot);
    slots_[slot].listener = nullptr;
    free_.push_back(slot);
  }

  void set(std::uint32_t slot, Timestamp at) {
    stop(slot);
    queue_.schedule(at, *this, std::uint64_t{slots_[slot].setting} << 32 | slot);
  }
  void stop(std::uint32_t slot) { ++slots_[slot].setting; }

 private:
  struct Slot {
    AlarmListener* listener;
    std::uint32_t setting;
  };

  void on_event(std::uint64_t event) override {
    const Slot slot = slots_[event & 0xffffffff];
    if (slot.setting == event >> 32 && slot.listener != nullptr) slot.listener->on_alarm();
  }

  EventQueue& queue_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

/// One alarm. Destroying it stops it.
class Alarm {
 public:
  Alarm(Alarms& alarms, AlarmListener& listener) : alarms_(alarms), slot_(alarms.add(listener)) {}
  ~Alarm() { alarms_.remove(slot_); }
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  /// Replaces the time set before. It never rings from inside this call.
  void set(Timestamp at) { alarms_.set(slot_, at); }
  void stop() { alarms_.stop(slot_); }

 private:
  Alarms& alarms_;
  std::uint32_t slot_;
};

}  // namespace floe::sim
