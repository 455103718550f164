#include "configuration.h"

#include <algorithm>
#include <string>

#include "conversion.h"
#include "security_members.h"
#include "sized_struct.h"

namespace floe::c {

namespace {

bool is_pace(std::uint32_t pacing_us) {
  const Duration pacing(pacing_us);
  return pacing_us == 0 || (pacing >= ice::kTaMin && pacing <= ice::kTaMax);
}

bool are_flags(const floe_agent_config& config) {
  return config.no_trickle <= 1 && config.strict_pacing <= 1 && config.lite <= 1 &&
         config.no_recovery <= 1 && config.dtls <= 1;
}

bool is_reserved_clear(const floe_agent_config& config) {
  const auto is_clear = [](std::uint8_t byte) { return byte == 0; };
  return config.reserved2 == 0 && std::ranges::all_of(config.reserved, is_clear) &&
         std::ranges::all_of(config.reserved3, is_clear);
}

/// Null: nothing is wrong.
const char* problem_with(const floe_agent_config& config) {
  if (config.random == nullptr) return "`random` is NULL";
  if (config.role > FLOE_ROLE_CONTROLLED) return "`role` has no such value";
  if (config.components > ice::kComponentMax) return "`components` must be 1 to 256";
  if (!are_flags(config)) return "a flag must be 0 or 1";
  if (!is_pace(config.pacing_us)) return "`pacing_us` must be 5,000 to 2,000,000";
  if (config.nomination > FLOE_NOMINATION_RENOMINATION) return "`nomination` has no such value";
  if (config.policy > FLOE_POLICY_RELAY) return "`policy` has no such value";
  if (config.log_minimum > FLOE_LOG_ERROR) return "`log_minimum` has no such value";
  if (config.dtls == 0 && SecurityMembers::of(config).is_any_set()) {
    return "`certificate`, `key` and `expected_fingerprints` need `dtls`";
  }
  if (!is_reserved_clear(config)) return "what is reserved must be 0: begin with `= {0}`";
  return nullptr;
}

ice::AgentConfig agent_config(const floe_agent_config& config) {
  ice::AgentConfig agent;
  agent.role =
      config.role == FLOE_ROLE_CONTROLLING ? ice::Role::controlling : ice::Role::controlled;
  if (config.components != 0) agent.components = config.components;
  agent.pacing.strict = config.strict_pacing != 0;
  if (config.pacing_us != 0) agent.pacing.ta = Duration(config.pacing_us);
  if (config.nomination_patience_us != 0) {
    agent.nomination_patience = Duration(config.nomination_patience_us);
  }
  if (config.relay_patience_us != 0) agent.relay_patience = Duration(config.relay_patience_us);
  agent.nomination = nomination_from_c(config.nomination);
  agent.policy = policy_from_c(config.policy);
  if (config.lite != 0) agent.implementation = ice::Implementation::lite;
  return agent;
}

floe_error refuse(const floe_agent_config& config, const std::string& problem) {
  if (config.log != nullptr) {
    config.log(config.log_user, FLOE_LOG_ERROR, "api", ("floe_agent_config: " + problem).c_str());
  }
  return FLOE_ERROR_ARGUMENT;
}

}  // namespace

Result<Configuration, floe_error> read_configuration(const floe_agent_config& config) {
  constexpr std::size_t kRequired =
      offsetof(floe_agent_config, random_user) + sizeof(floe_agent_config::random_user);
  const auto known = read_sized(&config, kRequired);
  if (!known) return FLOE_ERROR_SIZE;
  if (const char* problem = problem_with(*known)) return refuse(*known, problem);
  std::optional<peer::SecurityOptions> security;
  if (known->dtls == 1) {
    Calls calls;
    CallbackRandom random(known->random, known->random_user, calls);
    auto read = read_security(SecurityMembers::of(*known), random);
    if (!read) return refuse(*known, "`dtls` is 1: " + read.error());
    security = std::move(*read);
  }
  signal::SessionOptions session;
  session.trickle = known->no_trickle == 0;
  return Configuration{.random = known->random,
                       .random_user = known->random_user,
                       .log = known->log,
                       .log_user = known->log_user,
                       .log_minimum = log_minimum_from_c(known->log_minimum),
                       .agent = agent_config(*known),
                       .session = std::move(session),
                       .recovers = known->no_recovery == 0,
                       .security = std::move(security)};
}

}  // namespace floe::c
