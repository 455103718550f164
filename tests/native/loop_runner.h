// Runs a Loop in a test until something has happened, for a bounded time.
#pragma once

#include <chrono>

#include "floe/native/loop.h"

namespace floe::native::test {

using namespace std::chrono_literals;

inline constexpr Duration kPatience = 5s;

/// True when `done` became true; passes are never longer than 20 ms, so that it is asked often.
template <class Predicate>
bool run_until(Loop& loop, Predicate done, Duration patience = kPatience) {
  const Timestamp end = loop.now() + patience;
  while (!done()) {
    if (loop.now() >= end) return false;
    loop.run_once(Duration(20ms));
  }
  return true;
}

/// For what must not happen.
inline void run_for(Loop& loop, Duration time) {
  run_until(
      loop, [] { return false; }, time);
}

}  // namespace floe::native::test
