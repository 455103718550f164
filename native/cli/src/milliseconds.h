// A duration for people: "40 ms", "212.5 ms".
#pragma once

#include <string>

#include "floe/types/time.h"

namespace floe::cli {

/// To a tenth of a millisecond; a whole number has no fraction. Not negative.
inline std::string milliseconds_text(Duration span) {
  const std::int64_t tenths = (span.count() + 50) / 100;
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return text + " ms";
}

}  // namespace floe::cli
