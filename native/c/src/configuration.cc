#include "configuration.h"

#include <algorithm>

#include "conversion.h"
#include "sized_struct.h"

namespace floe::c {

namespace {

bool is_sensible(const floe_agent_config& config) {
  const auto is_flag = [](std::uint8_t value) { return value <= 1; };
  const bool is_known = config.role <= FLOE_ROLE_CONTROLLED &&
                        config.nomination <= FLOE_NOMINATION_RENOMINATION &&
                        config.policy <= FLOE_POLICY_RELAY && config.log_minimum <= FLOE_LOG_ERROR;
  const bool reserved_is_clear =
      config.reserved2 == 0 &&
      std::ranges::all_of(config.reserved, [](std::uint8_t byte) { return byte == 0; });
  const Duration pacing(config.pacing_us);
  const bool is_paced = config.pacing_us == 0 || (pacing >= ice::kTaMin && pacing <= ice::kTaMax);
  return config.random != nullptr && is_paced && is_known && reserved_is_clear &&
         config.components <= ice::kComponentMax && is_flag(config.no_trickle) &&
         is_flag(config.strict_pacing) && is_flag(config.lite) && is_flag(config.no_recovery);
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

}  // namespace

Result<Configuration, floe_error> read_configuration(const floe_agent_config& config) {
  constexpr std::size_t kRequired =
      offsetof(floe_agent_config, random_user) + sizeof(floe_agent_config::random_user);
  const auto known = read_sized(&config, kRequired);
  if (!known) return FLOE_ERROR_SIZE;
  if (!is_sensible(*known)) return FLOE_ERROR_ARGUMENT;
  signal::SessionOptions session;
  session.trickle = known->no_trickle == 0;
  return Configuration{.random = known->random,
                       .random_user = known->random_user,
                       .log = known->log,
                       .log_user = known->log_user,
                       .log_minimum = log_minimum_from_c(known->log_minimum),
                       .agent = agent_config(*known),
                       .session = std::move(session),
                       .recovers = known->no_recovery == 0};
}

}  // namespace floe::c
