// The one alarm that a client may have at its gateway.
#pragma once

#include <algorithm>
#include <optional>
#include <utility>

#include "floe/tunnel/records/control_records.h"
#include "floe/types/time.h"

namespace floe::tunnel {

class GatewayAlarm {
 public:
  /// Replaces the earlier alarm; kNever cancels it.
  void set(Timestamp when) { to_send_ = when; }

  /// The record to send, once after each set().
  std::optional<Alarm> poll(Timestamp now) {
    if (!to_send_) return std::nullopt;
    const Timestamp when = *std::exchange(to_send_, std::nullopt);
    return Alarm{++id_, when == kNever ? kNoAlarm : std::max(when - now, Duration{})};
  }

  /// Whether ALARM_FIRED is about the alarm that was sent last.
  bool is_current(const AlarmFired& fired) const { return fired.id == id_; }

 private:
  std::optional<Timestamp> to_send_;
  std::uint32_t id_ = 0;
};

}  // namespace floe::tunnel
