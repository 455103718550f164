// Hands values from any thread to the thread of one loop.
#pragma once

#include <sys/eventfd.h>

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "floe/native/unique_fd.h"
#include "floe/native/watch.h"

namespace floe::native {

/// It must be destroyed in the loop's thread, or when that has ended; nobody may post any more
/// then.
template <class Mail>
class Mailbox final : private WatchListener {
 public:
  /// `loop` must outlive the mailbox. `deliver` is called in the loop's thread, in order.
  Mailbox(Loop& loop, std::function<void(Mail)> deliver)
      : deliver_(std::move(deliver)),
        bell_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
        watch_(loop, bell_.get(), *this) {
    watch_.set_interest(true, false);
  }

  /// False when the kernel gave no descriptor: nothing will ever be delivered.
  bool is_open() const { return bell_.is_open(); }

  /// Any thread may call it.
  void post(Mail mail) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(mail));
    }
    (void)eventfd_write(bell_.get(), 1);
  }

 private:
  void on_ready(Readiness) override {
    eventfd_t count = 0;
    (void)eventfd_read(bell_.get(), &count);
    std::vector<Mail> arrived;
    {
      const std::lock_guard lock(mutex_);
      arrived.swap(waiting_);
    }
    for (Mail& mail : arrived) deliver_(std::move(mail));
  }

  std::function<void(Mail)> deliver_;
  UniqueFd bell_;
  Watch watch_;
  std::mutex mutex_;
  std::vector<Mail> waiting_;  // protected by the mutex
};

}  // namespace floe::native
