// A time as people read it.
#pragma once

#include <string>

#include "floe/json/writer.h"
#include "floe/types/time.h"

namespace floe::probes {

/// "12.345 ms".
inline std::string milliseconds(Duration span) {
  return json::Writer().fixed_point(span.count(), 3).take() + " ms";
}

}  // namespace floe::probes
