// The timers of the module: one deadline to tell JavaScript, one call when it has come.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "floe/api/timer.h"

namespace floe::wasm {

class TimerQueue final : public Timers {
 public:
  std::unique_ptr<Timer> create(TimerListener& listener) override;

  /// When run() wants to be called; kNever when nothing is armed.
  Timestamp deadline() const;
  /// Fires what is due at `now`, earliest first and, among equals, in the order of arming. What is
  /// armed meanwhile waits for the next call, so a timer that re-arms itself cannot hold it.
  void run(Timestamp now);

 private:
  class QueuedTimer;
  // The sequence number keeps the order of equals, and tells old from new within run().
  using Key = std::pair<Timestamp, std::uint64_t>;

  std::map<Key, QueuedTimer*> armed_;
  std::uint64_t next_sequence_ = 0;
};

}  // namespace floe::wasm
