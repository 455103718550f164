#include "lookup_threads.h"

#include <pthread.h>
#include <sys/eventfd.h>

#include <csignal>

namespace floe::native {

LookupThreads::LookupThreads(NameLookupFunction lookup)
    : lookup_(std::move(lookup)), answered_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

bool LookupThreads::ask(std::uint64_t number, std::string host_name) {
  const std::lock_guard lock(mutex_);
  questions_.push_back({number, std::move(host_name)});
  if (threads_ < kThreadsMax && start_thread()) ++threads_;
  if (threads_ > 0) return true;
  questions_.pop_back();
  return false;
}

void LookupThreads::withdraw(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  std::erase_if(questions_, [&](const Question& question) { return question.number == number; });
}

void LookupThreads::withdraw_all() {
  const std::lock_guard lock(mutex_);
  questions_.clear();
}

std::vector<LookupThreads::Answer> LookupThreads::take_answers() {
  const std::lock_guard lock(mutex_);
  eventfd_t count = 0;
  (void)eventfd_read(answered_.get(), &count);
  return std::exchange(answers_, {});
}

/// A new thread inherits the mask of signals. All signals are blocked, so that signals for the
/// program go to threads that expect them.
bool LookupThreads::start_thread() {
  sigset_t all;
  sigset_t previous;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &previous);
  pthread_attr_t detached;
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  auto shared = std::make_unique<std::shared_ptr<LookupThreads>>(shared_from_this());
  pthread_t thread;
  const bool started = pthread_create(&thread, &detached, run, shared.get()) == 0;
  if (started) (void)shared.release();
  pthread_attr_destroy(&detached);
  pthread_sigmask(SIG_SETMASK, &previous, nullptr);
  return started;
}

void* LookupThreads::run(void* shared) {
  const std::unique_ptr<std::shared_ptr<LookupThreads>> owned(
      static_cast<std::shared_ptr<LookupThreads>*>(shared));
  (*owned)->look_up_all();
  return nullptr;
}

void LookupThreads::look_up_all() {
  std::unique_lock lock(mutex_);
  while (!questions_.empty()) {
    const Question question = std::move(questions_.front());
    questions_.pop_front();
    lock.unlock();
    NameLookup lookup = lookup_(question.host_name);
    lock.lock();
    answers_.push_back({question.number, std::move(lookup)});
    (void)eventfd_write(answered_.get(), 1);
  }
  --threads_;
}

}  // namespace floe::native
