// The configuration that a program passes to the C API, checked and in the types of the core.
#pragma once

#include <optional>

#include "callback_log.h"
#include "calls.h"
#include "floe/api/random.h"
#include "floe/floe.h"
#include "floe/ice/agent.h"
#include "floe/peer/security.h"
#include "floe/signal/session_options.h"
#include "floe/types/result.h"

namespace floe::c {

/// The program's source of random bytes.
class CallbackRandom final : public RandomSource {
 public:
  /// `calls` must outlive it.
  CallbackRandom(floe_random function, void* user, Calls& calls)
      : function_(function), user_(user), calls_(calls) {}
  void fill(MutableBytes out) override {
    const Calls::Callback callback(calls_);
    function_(user_, out.data(), out.size());
  }

 private:
  floe_random function_;
  void* user_;
  Calls& calls_;
};

struct Configuration {
  floe_random random;
  void* random_user;
  floe_log log;
  void* log_user;
  LogLevel log_minimum;
  ice::AgentConfig agent;
  signal::SessionOptions session;
  bool recovers = true;
  std::optional<peer::SecurityOptions> security;  // empty: plaintext
};

/// Writes to the log of `config` which member is wrong.
Result<Configuration, floe_error> read_configuration(const floe_agent_config& config);

}  // namespace floe::c
