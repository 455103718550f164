// Counts how often a fuzz target came through each of its entrances, and says so when the process
// ends: a target that never opens a door tests nothing behind it.
//
// tests/suites/fuzz.mjs shows the line, and fails for an entrance that nobody came through.
#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <string>

namespace floe::fuzz {

class Entrances {
 public:
  /// A count of 0 is shown, too.
  void set(const std::string& name, std::uint64_t count) { counts_[name] = count; }

  ~Entrances() {
    std::fprintf(stderr, "entrances:");
    for (const auto& [name, count] : counts_) {
      std::fprintf(stderr, " %s=%llu", name.c_str(), static_cast<unsigned long long>(count));
    }
    std::fprintf(stderr, "\n");
  }

 private:
  std::map<std::string, std::uint64_t> counts_;
};

}  // namespace floe::fuzz
