// The picture that `floe sim` draws: time runs down, the left end is on the left, and what one
// sends to the other is an arrow, which ends in a cross where it is lost.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim_event.h"

namespace floe::cli {

/// Characters of a line, without the line's end.
inline constexpr std::size_t kDrawingWidth = 100;

/// Each line ends in '\n'. Events of the same millisecond may share a line; all others keep their
/// order, which is that of time. Text that is too long is cut.
std::string draw(std::span<const SimEvent> events);

/// Breaks sentences into lines of at most kDrawingWidth, at spaces; without an end of the last
/// line.
std::string wrapped(std::string_view text);

}  // namespace floe::cli
