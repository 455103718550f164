// The calls that a Loop has been asked to make, in the order of asking.
#pragma once

#include <vector>

#include "floe/native/deferred.h"

namespace floe::native {

/// Requests are handled in rounds: a request made while a round runs waits for the next round, so
/// that two objects that keep requesting calls of each other cannot hold up a pass for ever.
class DeferredQueue {
 public:
  bool empty() const { return waiting_.empty(); }
  void add(Deferred& deferred);
  static void remove(Deferred& deferred);
  /// Makes the calls that wait now. `after_each` runs after each call.
  template <class AfterEach>
  void run_round(AfterEach after_each) {
    begin_round();
    while (Deferred* next = take_next()) {
      next->listener_.on_deferred();
      after_each();
    }
  }

 private:
  void begin_round();
  Deferred* take_next();

  std::vector<Deferred*> waiting_;
  std::vector<Deferred*> running_;  // an entry becomes null when its call is cancelled
  std::size_t next_ = 0;
};

}  // namespace floe::native
