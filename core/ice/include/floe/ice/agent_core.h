// What all generations of one agent share.
#pragma once

#include "floe/api/crypto.h"
#include "floe/api/random.h"
#include "floe/ice/agent_config.h"
#include "floe/ice/counters.h"
#include "floe/ice/output_queue.h"
#include "floe/ice/pacer.h"
#include "floe/ice/role.h"

namespace floe::ice {

struct AgentCore {
  RandomSource& random;
  Crypto& crypto;
  AgentConfig config;
  Pacer pacer;
  Role role;
  std::uint64_t tie_breaker;
  OutputQueue out = {};
  AgentCounters counters = {};

  bool is_lite() const { return config.implementation == Implementation::lite; }
};

}  // namespace floe::ice
