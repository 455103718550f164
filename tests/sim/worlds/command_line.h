// What floe_random_worlds is asked to do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "floe/types/time.h"

namespace floe::sim {

struct CommandLine {
  enum class Task : std::uint8_t {
    judge,      ///< run the seeds and say which go wrong
    hashes,     ///< print the trace hash of each
    loss,       ///< how loss delays connecting
    long_loss,  ///< whether a call of hours survives loss
    help,
  };

  Task task = Task::judge;
  std::uint64_t first = 1;
  std::uint64_t count = 1000;
  bool is_moving = false;  ///< worlds of draw_moving_plan()
  bool is_encrypted = false;
  bool shows_trace = false;
  std::string capture_file = {};  ///< empty: none
  Duration ta{};                  ///< zero: as drawn
  std::uint32_t loss_percent = 0;
  std::uint32_t hours = 0;

  /// Nothing when it cannot be understood.
  static std::optional<CommandLine> parse(int argc, const char* const* argv);
  static const char* usage();
};

}  // namespace floe::sim
