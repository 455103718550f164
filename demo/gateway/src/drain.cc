#include "drain.h"

#include <algorithm>
#include <utility>

namespace floe::gateway {

Drain::Drain(Timers& timers, std::function<bool()> is_empty, std::function<void()> over)
    : is_empty_(std::move(is_empty)), over_(std::move(over)), timer_(timers.create(*this)) {}

void Drain::begin(Timestamp now, Duration at_most) {
  begun_ = true;
  ends_at_ = now + at_most;
  handle_timeout(now);
}

void Drain::handle_timeout(Timestamp now) {
  if (now >= ends_at_ || is_empty_()) return over_();
  timer_->arm(std::min(now + kLookInterval, ends_at_));
}

}  // namespace floe::gateway
