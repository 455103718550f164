// The end of a gateway that has clients: those who are there may stay until they go by themselves,
// or until the time is over.
//
//   Idle     --begin()--------------------------> Draining
//   Draining --nobody is left, or the time is over--> Over    `over` is called once
//
// The owner has told the clients. Somebody new does not come in, so that the end is certain.
#pragma once

#include <functional>
#include <memory>

#include "floe/api/timer.h"

namespace floe::gateway {

class Drain final : private TimerListener {
 public:
  /// How often it looks whether somebody is left.
  static constexpr Duration kLookInterval = std::chrono::milliseconds(100);

  /// `is_empty` says whether nobody is left. All must outlive it.
  Drain(Timers& timers, std::function<bool()> is_empty, std::function<void()> over);

  /// `over` may be called from inside, when there is nothing to wait for.
  void begin(Timestamp now, Duration at_most);
  bool has_begun() const { return begun_; }

 private:
  void handle_timeout(Timestamp now) override;

  std::function<bool()> is_empty_;
  std::function<void()> over_;
  std::unique_ptr<Timer> timer_;
  Timestamp ends_at_{};
  bool begun_ = false;
};

}  // namespace floe::gateway
