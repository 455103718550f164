#include "poller.h"

#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

namespace floe::native {
namespace {

constexpr std::uint64_t kWakeTag = ~std::uint64_t{0};

std::uint64_t tag_of(std::uint32_t generation, std::uint32_t slot) {
  return std::uint64_t{generation} << 32 | slot;
}

}  // namespace

Poller::Poller()
    : epoll_(epoll_create1(EPOLL_CLOEXEC)),
      alarm_(timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC)),
      doorbell_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (!is_open()) return;
  add_waker(alarm_);
  add_waker(doorbell_);
}

/// Edge-triggered, so that an expiry or a ring need not be read away: the next one is a new edge.
void Poller::add_waker(UniqueFd& waker) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLET;
  event.data.u64 = kWakeTag;
  if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, waker.get(), &event) != 0) waker.reset();
}

void Poller::wake_now() const noexcept {
  const int error = errno;
  const std::uint64_t ring = 1;
  // It fails only when the counter is full, which it is after 2^64 rings.
  [[maybe_unused]] const ssize_t written = ::write(doorbell_.get(), &ring, sizeof ring);
  errno = error;
}

std::uint32_t Poller::add(int fd, WatchListener& listener) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t index = free_.back();
  free_.pop_back();
  Slot& slot = slots_[index];
  slot.listener = &listener;
  slot.fd = fd;
  return index;
}

void Poller::set_interest(std::uint32_t index, bool read, bool write) {
  Slot& slot = slots_[index];
  slot.wanted = (read ? std::uint32_t{EPOLLIN} : 0u) | (write ? std::uint32_t{EPOLLOUT} : 0u);
  if (slot.changed || slot.wanted == slot.applied) return;
  slot.changed = true;
  changed_.push_back(index);
}

void Poller::remove(std::uint32_t index) {
  Slot& slot = slots_[index];
  slot.wanted = 0;
  apply(index);  // now: the owner closes the descriptor next, and its number may be used again
  slot.listener = nullptr;
  ++slot.generation;
  // A slot that is still in changed_ is freed by apply_changes(), so that it is never there twice.
  if (!slot.changed) free_.push_back(index);
}

void Poller::apply(std::uint32_t index) {
  Slot& slot = slots_[index];
  if (slot.wanted == slot.applied) return;
  epoll_event event{};
  event.events = slot.wanted;
  event.data.u64 = tag_of(slot.generation, index);
  if (slot.wanted == 0) {
    epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, slot.fd, &event);
  } else if (slot.applied == 0 ||
             (epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, slot.fd, &event) != 0 && errno == ENOENT)) {
    epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, slot.fd, &event);
  }
  slot.applied = slot.wanted;
}

void Poller::apply_changes() {
  for (std::uint32_t index : changed_) {
    Slot& slot = slots_[index];
    slot.changed = false;
    if (slot.listener == nullptr) {
      free_.push_back(index);
    } else {
      apply(index);
    }
  }
  changed_.clear();
}

void Poller::wake_at(Timestamp when) {
  if (when >= wake_time_) return;
  wake_time_ = when;
  // Zero would disarm the timer; a time that has passed expires at once.
  const std::int64_t us = std::max<std::int64_t>(when.time_since_epoch().count(), 1);
  itimerspec spec{};
  spec.it_value.tv_sec = static_cast<time_t>(us / 1'000'000);
  spec.it_value.tv_nsec = static_cast<long>(us % 1'000'000 * 1'000);
  timerfd_settime(alarm_.get(), TFD_TIMER_ABSTIME, &spec, nullptr);
}

int Poller::wait(int timeout_ms) {
  apply_changes();
  return std::max(0, epoll_wait(epoll_.get(), events_.data(), kReadyMax, timeout_ms));
}

void Poller::dispatch(int event) {
  const epoll_event& ready = events_[static_cast<std::size_t>(event)];
  if (ready.data.u64 == kWakeTag) {
    wake_time_ = kNever;
    return;
  }
  const auto index = static_cast<std::uint32_t>(ready.data.u64);
  const Slot& slot = slots_[index];
  if (slot.listener == nullptr || slot.generation != ready.data.u64 >> 32) return;
  // An event that the owner stopped asking for earlier in this pass is not reported.
  const std::uint32_t events = ready.events & (slot.wanted | EPOLLERR | EPOLLHUP);
  if (slot.wanted == 0 || events == 0) return;
  slot.listener->on_ready({.readable = (events & EPOLLIN) != 0,
                           .writable = (events & EPOLLOUT) != 0,
                           .hung_up = (events & EPOLLHUP) != 0,
                           .error = (events & EPOLLERR) != 0});
}

}  // namespace floe::native
