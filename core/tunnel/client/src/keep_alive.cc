#include "keep_alive.h"

#include <algorithm>

namespace floe::tunnel {

void KeepAlive::start(Timestamp now, Duration interval) {
  interval_ = interval;
  next_ping_ = now;
  heard_at_ = now;
}

void KeepAlive::stop() {
  next_ping_ = kNever;
  pinged_at_.reset();
}

std::optional<Duration> KeepAlive::on_pong(Timestamp now, std::uint64_t opaque) {
  if (!pinged_at_ || opaque != opaque_) return std::nullopt;
  const Duration round_trip = now - *pinged_at_;
  pinged_at_.reset();
  return round_trip;
}

bool KeepAlive::ask(Timestamp now) {
  if (next_ping_ == kNever || pinged_at_) return false;
  next_ping_ = now;
  return true;
}

Timestamp KeepAlive::deadline() const {
  if (!pinged_at_) return next_ping_;
  return std::max(*pinged_at_, heard_at_) + kPongTimeout;
}

KeepAlive::Action KeepAlive::handle_timeout(Timestamp now) {
  if (now < deadline()) return Action::none;
  const bool unanswered = pinged_at_ && heard_at_ <= *pinged_at_;
  if (unanswered) {
    const bool late = now - deadline() > kPongTimeout;
    if (!late || forgiven_) return Action::give_up;
    forgiven_ = true;
  }
  ++opaque_;
  pinged_at_ = now;
  next_ping_ = now + interval_;
  return Action::ping;
}

}  // namespace floe::tunnel
