#include "stall_mode.h"

#include <ctime>
#include <utility>

#include "udp_binding.h"

namespace floe::native {
namespace {

Duration since(const timespec& then) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);  // the kernel's stamps are of this clock
  return std::chrono::seconds(now.tv_sec - then.tv_sec) +
         std::chrono::microseconds((now.tv_nsec - then.tv_nsec) / 1000);
}

}  // namespace

StallMode::~StallMode() {
  leave_stalled();
}

void StallMode::pause(int fd) {
  if (!shared_.options.discard_stale) return;
  // Who pauses again before it has caught up is still stalled.
  if (state_ == State::catching_up) state_ = State::stalled;
  if (state_ != State::reading) return;
  fd_ = fd;
  state_ = State::pausing;
  if (!timer_) timer_ = loop_.create(*this);
  timer_->arm(loop_.now() + kStaleAfter);
}

void StallMode::resume() {
  if (state_ == State::pausing) {
    timer_->arm(kNever);
    state_ = State::reading;
  }
  if (state_ == State::stalled) state_ = State::catching_up;
}

void StallMode::handle_timeout(Timestamp) {
  state_ = State::stalled;
  keeps_ = shared_.stalled_keepers < kKeepersMax;
  if (keeps_) ++shared_.stalled_keepers;
  set_receive_buffer(fd_, keeps_ ? shared_.options.small_buffer_bytes : kLeastBufferBytes);
  stamp_arriving(fd_, true);
  empty();
}

void StallMode::empty() {
  for (int i = 0; i < kCallsMax; ++i) {
    const int count = shared_.received.receive(fd_);
    if (count <= 0) return;
    shared_.statistics.stale += static_cast<std::uint64_t>(count);
  }
}

bool StallMode::is_stale(const std::optional<timespec>& came_at) {
  return came_at && since(*came_at) > kStaleAfter;
}

void StallMode::end(int usual_buffer_bytes) {
  leave_stalled();
  stamp_arriving(fd_, false);
  set_receive_buffer(fd_, usual_buffer_bytes);
  state_ = State::reading;
}

void StallMode::leave_stalled() {
  if (std::exchange(keeps_, false)) --shared_.stalled_keepers;
}

}  // namespace floe::native
