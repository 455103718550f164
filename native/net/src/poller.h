// The kernel's side of a Loop: one epoll set, and in it a timerfd and an eventfd that end a wait.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <cstdint>
#include <vector>

#include "floe/native/unique_fd.h"
#include "floe/native/watch.h"
#include "floe/types/time.h"

namespace floe::native {

/// Keeps a slot for each watch. An event carries its slot's number and generation, so an event that
/// the kernel reported before a watch was destroyed reaches no other watch, even when the slot is
/// in use again.
class Poller {
 public:
  /// Descriptors reported by one wait; more stay ready for the next.
  static constexpr int kReadyMax = 256;

  Poller();

  bool is_open() const { return epoll_.is_open() && alarm_.is_open() && doorbell_.is_open(); }
  int fd() const { return epoll_.get(); }

  std::uint32_t add(int fd, WatchListener& listener);
  void set_interest(std::uint32_t slot, bool read, bool write);
  void remove(std::uint32_t slot);

  /// Makes fd() readable at `when`. It costs a system call only when `when` is sooner than the time
  /// asked for before: an early wake-up is cheaper than a call for every change of the first
  /// deadline.
  void wake_at(Timestamp when);

  /// Makes fd() readable now. Any thread and any signal handler may call it; errno is kept.
  void wake_now() const noexcept;

  /// Tells the kernel which interests changed; wait() does it too.
  void apply_changes();
  /// Waits for something to become ready; a negative `timeout_ms` waits until woken.
  /// Returns the number of events to fetch with dispatch().
  int wait(int timeout_ms);
  void dispatch(int event);

 private:
  struct Slot {
    WatchListener* listener = nullptr;
    int fd = -1;
    std::uint32_t generation = 0;
    std::uint32_t wanted = 0;   // epoll events
    std::uint32_t applied = 0;  // the events that the kernel knows of
    bool changed = false;       // the slot is in changed_
  };

  void add_waker(UniqueFd& waker);
  void apply(std::uint32_t index);

  UniqueFd epoll_;
  UniqueFd alarm_;     // the timerfd
  UniqueFd doorbell_;  // the eventfd
  Timestamp wake_time_ = kNever;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> changed_;
  std::array<epoll_event, kReadyMax> events_;
};

}  // namespace floe::native
