// Timers with one fault, made from timers that have none.
#pragma once

#include <memory>
#include <vector>

#include "fault.h"
#include "floe/api/host.h"

namespace floe::testing {

class FaultyTimers final : public Timers {
 public:
  FaultyTimers(Host& sound, Fault fault) : sound_(sound), fault_(fault) {}
  std::unique_ptr<Timer> create(TimerListener& listener) override;

 private:
  class Alarm;
  /// As a host does that lists the due timers first, and then calls the list.
  void ring_all_due(Timestamp now);

  Host& sound_;
  Fault fault_;
  std::vector<Alarm*> alarms_;
};

}  // namespace floe::testing
