// What a fuzz target says before it ends the process.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace floe::fuzz {

/// Stays on in every build, unlike assert().
inline void expect(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

}  // namespace floe::fuzz
