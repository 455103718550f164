// The state that all parts of one agent share: configuration, pacing, outputs, counters and role.
//
// The role and the tie-breaker change here only, and the application is told of each new role.
#pragma once

#include "floe/api/crypto.h"
#include "floe/api/random.h"
#include "floe/ice/agent_config.h"
#include "floe/ice/check_payload.h"
#include "floe/ice/counters.h"
#include "floe/ice/pacer.h"
#include "floe/ice/role.h"
#include "output_queue.h"

namespace floe::ice {

class AgentCore {
 public:
  AgentCore(RandomSource& random_source, Crypto& crypto_binding, const AgentConfig& agent_config,
            SharedPacer* shared_pacer = nullptr)
      : random(random_source),
        crypto(crypto_binding),
        config(agent_config),
        pacer(agent_config.pacing, shared_pacer),
        role_(agent_config.role),
        tie_breaker_(random_source.next_u64()) {}

  Role role() const { return role_; }
  std::uint64_t tie_breaker() const { return tie_breaker_; }
  bool is_lite() const { return config.implementation == Implementation::lite; }
  /// Host and server-reflexive candidates may be used.
  bool shows_own_addresses() const { return config.policy == CandidatePolicy::all; }

  /// False: the agent has this role already.
  bool set_role(Role role) {
    if (role == role_) return false;
    role_ = role;
    out.event(RoleChanged{});
    return true;
  }
  /// RFC 8445, section 7.2.5.1: after an error 487 "the agent MUST change the tiebreaker value".
  /// Two agents with equal tie-breakers would switch roles for ever.
  void switch_role() {
    set_role(opposite(role_));
    tie_breaker_ = random.next_u64();
  }

  RandomSource& random;
  Crypto& crypto;
  AgentConfig config;
  Pacer pacer;
  OutputQueue out;
  AgentCounters counters;
  CheckPayload* payload = nullptr;  // null: checks carry nothing

 private:
  Role role_;
  std::uint64_t tie_breaker_;
};

}  // namespace floe::ice
