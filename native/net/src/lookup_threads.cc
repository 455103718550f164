#include "lookup_threads.h"

#include <pthread.h>
#include <sys/eventfd.h>

#include <algorithm>

#include "floe/native/blocked_signals.h"

namespace floe::native {

LookupThreads::LookupThreads(NameLookupFunction lookup)
    : lookup_(std::move(lookup)), answered_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

bool LookupThreads::ask(std::uint64_t number, AskerId asker, std::string host_name) {
  const std::lock_guard lock(mutex_);
  questions_.push_back({number, asker, std::move(host_name)});
  if (start_threads() || threads_ > 0) return true;
  questions_.pop_back();
  return false;
}

void LookupThreads::withdraw(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  std::erase_if(questions_, [&](const Question& question) { return question.number == number; });
  if (running_.erase(number) == 0) return;
  ++abandoned_;
  (void)start_threads();
}

void LookupThreads::withdraw_all() {
  const std::lock_guard lock(mutex_);
  questions_.clear();
  abandoned_ += static_cast<int>(running_.size());
  running_.clear();
}

bool LookupThreads::may_begin(const Question& question) const {
  if (question.asker == kNoAsker) return true;
  const auto is_of_asker = [&](const auto& running) { return running.second == question.asker; };
  return std::ranges::count_if(running_, is_of_asker) < kThreadsOfAskerMax;
}

/// The oldest question whose asker has a share left.
std::deque<LookupThreads::Question>::iterator LookupThreads::next() {
  return std::ranges::find_if(questions_, [&](const Question& one) { return may_begin(one); });
}

/// Starts a thread if one more may run and has something to do.
bool LookupThreads::start_threads() {
  if (busy() >= kThreadsMax || threads_ >= kThreadsInAllMax || next() == questions_.end()) {
    return false;
  }
  if (!start_thread()) return false;
  ++threads_;
  return true;
}

std::vector<LookupThreads::Answer> LookupThreads::take_answers() {
  const std::lock_guard lock(mutex_);
  eventfd_t count = 0;
  (void)eventfd_read(answered_.get(), &count);
  return std::exchange(answers_, {});
}

bool LookupThreads::start_thread() {
  const BlockedSignals blocked;
  pthread_attr_t detached;
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  auto shared = std::make_unique<std::shared_ptr<LookupThreads>>(shared_from_this());
  pthread_t thread;
  const bool started = pthread_create(&thread, &detached, run, shared.get()) == 0;
  if (started) (void)shared.release();
  pthread_attr_destroy(&detached);
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
  // One that was abandoned may find that others have taken its place.
  for (auto place = next(); place != questions_.end() && busy() <= kThreadsMax; place = next()) {
    const Question question = std::move(*place);
    questions_.erase(place);
    running_.emplace(question.number, question.asker);
    lock.unlock();
    NameLookup lookup = lookup_(question.host_name);
    lock.lock();
    if (running_.erase(question.number) == 0) {
      --abandoned_;
      continue;
    }
    answers_.push_back({question.number, std::move(lookup)});
    (void)eventfd_write(answered_.get(), 1);
  }
  --threads_;
}

}  // namespace floe::native
