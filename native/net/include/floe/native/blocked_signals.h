// Blocks all signals of this thread while it lives.
#pragma once

#include <csignal>

namespace floe::native {

/// A new thread inherits the mask of signals. One that is started while they are blocked hears of
/// none, so that signals for the program go to threads that expect them.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &previous_);
  }
  ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &previous_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t previous_;
};

}  // namespace floe::native
