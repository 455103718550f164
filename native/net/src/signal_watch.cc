#include "floe/native/signal_watch.h"

#include <sys/signalfd.h>

namespace floe::native {
namespace {

int block_and_open(std::initializer_list<int> signals, sigset_t& previous_mask) {
  sigset_t mask;
  sigemptyset(&mask);
  for (int signal : signals) sigaddset(&mask, signal);
  pthread_sigmask(SIG_BLOCK, &mask, &previous_mask);
  return signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
}

}  // namespace

SignalWatch::SignalWatch(Loop& loop, std::initializer_list<int> signals, SignalListener& listener)
    : listener_(listener),
      fd_(block_and_open(signals, previous_mask_)),
      watch_(loop, fd_.get(), *this) {
  watch_.set_interest(true, false);
}

SignalWatch::~SignalWatch() {
  pthread_sigmask(SIG_SETMASK, &previous_mask_, nullptr);
}

void SignalWatch::on_ready(Readiness) {
  signalfd_siginfo info;
  // One signal a pass: the others stay readable, and the listener may destroy this object.
  if (::read(fd_.get(), &info, sizeof info) == sizeof info) {
    listener_.on_signal(static_cast<int>(info.ssi_signo));
  }
}

}  // namespace floe::native
