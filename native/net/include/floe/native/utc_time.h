// The time of the day, for people who read a log.
#pragma once

#include <string>

namespace floe::native {

/// The time now: "2026-01-31T12:34:56.789Z".
std::string utc_time_text();

}  // namespace floe::native
