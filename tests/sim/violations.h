// What checkers found wrong in a simulation.
//
// Nobody can forget to ask: what was not taken by a test when the simulation ends is printed, with
// the trace that led to the first of it, and the program aborts.
#pragma once

#include <string>
#include <vector>

#include "floe/sim/trace.h"

namespace floe::sim {

class Violations {
 public:
  /// `trace` must outlive it.
  explicit Violations(const Trace& trace) : trace_(trace) {}
  ~Violations();
  Violations(const Violations&) = delete;
  Violations& operator=(const Violations&) = delete;

  /// At most kKeptMax are kept: after the first the rest mean little.
  void add(std::string what);
  /// For tests that expect some.
  std::vector<std::string> take();

 private:
  static constexpr std::size_t kKeptMax = 16;
  static constexpr std::size_t kHistoryMax = 60;

  const Trace& trace_;
  std::vector<std::string> found_;
  std::vector<std::string> history_;  // what the trace said until the first
};

}  // namespace floe::sim
