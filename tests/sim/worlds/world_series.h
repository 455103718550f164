// Runs worlds one after another and says how it went.
#pragma once

#include <vector>

#include "worlds/command_line.h"
#include "worlds/random_world.h"

namespace floe::sim {

class WorldSeries {
 public:
  /// `line` must outlive it.
  explicit WorldSeries(const CommandLine& line) : line_(line) {}

  /// Prints what goes wrong, and how fast it went in the median of five parts. Whether all is well.
  bool judge();
  /// Prints a line for each world, and whether half of them had enough datagrams to be worth
  /// comparing.
  bool print_hashes();

 private:
  struct Part {
    double seconds = 0;  ///< of processor time
    std::uint64_t worlds = 0;
    std::uint64_t datagrams = 0;
  };

  WorldPlan plan_of(std::uint64_t seed) const;
  WorldResult run(std::uint64_t seed);
  void judge_part(std::uint64_t first, std::uint64_t count);
  void report(std::uint64_t seed, const WorldResult& result, const World& world);
  void write_capture(Capture& capture) const;
  void print_rates() const;

  const CommandLine& line_;
  std::vector<Part> parts_;
  std::vector<std::uint64_t> wrong_;
  std::uint64_t connected_ = 0;
};

}  // namespace floe::sim
