// How a module's functions and times cross to JavaScript; js/src/engine/wasm_exports.ts is the
// other end.
#pragma once

#include <limits>

#include "floe/types/time.h"

#define FLOE_EXPORT(name) __attribute__((export_name(#name), used)) name

namespace floe::wasm {

/// JavaScript has microseconds of a clock that never goes back.
inline Timestamp timestamp_of(double now_us) {
  return Timestamp(Duration(static_cast<std::int64_t>(now_us)));
}

/// Infinity when nothing waits for time.
inline double deadline_of(Timestamp deadline) {
  if (deadline == kNever) return std::numeric_limits<double>::infinity();
  return static_cast<double>(deadline.time_since_epoch().count());
}

}  // namespace floe::wasm
