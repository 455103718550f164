// Lines of a log about what happens to an agent.
#pragma once

#include <string_view>

#include "floe/api/log.h"
#include "floe/ice/agent.h"
#include "floe/ice/output.h"
#include "floe/peer/security.h"

namespace floe::c {

/// A warning for a path that is lost or was not found, with the reason; the rest is for debugging,
/// and a lost path lists all pairs there. Data is not logged. `who` comes first in each line.
void log_event(LogSink& log, std::string_view who, const ice::Agent& agent,
               const ice::Event& event);
void log_secured(LogSink& log, std::string_view who, const peer::Secured& secured);
void log_insecure(LogSink& log, std::string_view who, const peer::SecurityFailed& failed);

}  // namespace floe::c
