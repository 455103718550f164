#include "deferred_queue.h"

#include <utility>

#include "floe/native/loop.h"

namespace floe::native {

void DeferredQueue::add(Deferred& deferred) {
  deferred.queue_ = &waiting_;
  deferred.index_ = waiting_.size();
  waiting_.push_back(&deferred);
}

void DeferredQueue::remove(Deferred& deferred) {
  (*deferred.queue_)[deferred.index_] = nullptr;
  deferred.queue_ = nullptr;
}

void DeferredQueue::begin_round() {
  running_.clear();
  std::swap(waiting_, running_);
  next_ = 0;
  for (Deferred* entry : running_) {
    if (entry != nullptr) entry->queue_ = &running_;
  }
}

Deferred* DeferredQueue::take_next() {
  while (next_ < running_.size()) {
    Deferred* entry = running_[next_++];
    if (entry == nullptr) continue;
    remove(*entry);
    return entry;
  }
  running_.clear();
  return nullptr;
}

void Deferred::request() {
  if (is_requested()) return;
  (when_ == When::after_callback ? loop_.after_callback_ : loop_.end_of_pass_)->add(*this);
  loop_.wake_foreign_loop();
}

void Deferred::cancel() {
  if (is_requested()) DeferredQueue::remove(*this);
}

}  // namespace floe::native
