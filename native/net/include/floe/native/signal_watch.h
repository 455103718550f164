// Signals as events of a Loop.
#pragma once

#include <csignal>
#include <initializer_list>

#include "floe/native/loop.h"
#include "floe/native/unique_fd.h"

namespace floe::native {

class SignalListener {
 public:
  virtual void on_signal(int signal) = 0;

 protected:
  ~SignalListener() = default;
};

/// Blocks the given signals for the calling thread and reports them through a signalfd: an ordinary
/// listener may do things that a signal handler must not. Destroying it restores the mask. Make it
/// before starting other threads, which inherit the mask.
class SignalWatch final : private WatchListener {
 public:
  SignalWatch(Loop& loop, std::initializer_list<int> signals, SignalListener& listener);
  ~SignalWatch();

 private:
  void on_ready(Readiness readiness) override;

  SignalListener& listener_;
  sigset_t previous_mask_{};
  UniqueFd fd_;
  Watch watch_;
};

}  // namespace floe::native
