// Two clocks: how long somebody waits, and what the process costs meanwhile.
#pragma once

#include <cstdint>
#include <ctime>

namespace floe::bench {

inline std::int64_t clock_ns(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

/// Nanoseconds that pass for everybody.
inline std::int64_t wall_ns() {
  return clock_ns(CLOCK_MONOTONIC);
}

#if defined(__EMSCRIPTEN__)
/// Node's, since WebAssembly has no clock of CPU.
extern "C" double cpu_us_of_node();
#endif

/// Nanoseconds of CPU, in user space and in the kernel, of all threads of this process.
inline std::int64_t cpu_ns() {
#if defined(__EMSCRIPTEN__)
  return static_cast<std::int64_t>(cpu_us_of_node() * 1e3);
#else
  return clock_ns(CLOCK_PROCESS_CPUTIME_ID);
#endif
}

}  // namespace floe::bench
