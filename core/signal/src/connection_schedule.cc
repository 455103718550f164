#include "connection_schedule.h"

#include "floe/signal/limits.h"

namespace floe::signal {

void ConnectionSchedule::start_attempt(Timestamp now) {
  deadline_ = now + kJoinTimeout;
}

void ConnectionSchedule::handle_joined(Timestamp now) {
  deadline_ = kNever;
  joined_at_ = now;
}

void ConnectionSchedule::handle_lost(Timestamp now, RandomSource& random) {
  const bool was_stable = joined_at_ != kNever && now - joined_at_ >= kStableAfter;
  if (was_stable || lost_at_ == kNever) {
    lost_at_ = now;
    quick_.reset();
    slow_.reset();
  }
  joined_at_ = kNever;
  const bool may_be_back_soon = now - lost_at_ < kQuickFor;
  deadline_ = now + (may_be_back_soon ? quick_ : slow_).next(random);
}

}  // namespace floe::signal
