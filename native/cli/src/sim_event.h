// What `floe sim` tells of a run: one thing that one end did or saw.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "floe/types/time.h"

namespace floe::cli {

enum class SimSide : std::uint8_t { left, right };

constexpr std::string_view to_text(SimSide side) {
  return side == SimSide::left ? "left" : "right";
}
constexpr SimSide other(SimSide side) {
  return side == SimSide::left ? SimSide::right : SimSide::left;
}

struct SimEvent {
  Duration at;            ///< since the run began
  SimSide side;           ///< whose it is
  std::string_view kind;  ///< one word, for programs: "candidate", "check"; lives for ever
  std::string text;       ///< for people
  std::size_t times = 1;  ///< that it happened in a row, first at `at`
  bool is_sent = false;   ///< something goes from this end to the other
  /// Why it did not arrive; empty: it arrived, or nobody knows.
  std::string lost = {};
  /// Lost on this end's half of the way.
  bool lost_near = false;
};

}  // namespace floe::cli
