#include "configuration.h"

#include "sized_struct.h"

namespace floe::c {

Result<Configuration, floe_error> read_configuration(const floe_agent_config& config) {
  constexpr std::size_t kRequired =
      offsetof(floe_agent_config, random_user) + sizeof(floe_agent_config::random_user);
  const auto known = read_sized(&config, kRequired);
  if (!known) return FLOE_ERROR_SIZE;
  if (known->random == nullptr || known->role > FLOE_ROLE_CONTROLLED ||
      known->components > ice::kComponentMax || known->no_trickle > 1 || known->strict_pacing > 1) {
    return FLOE_ERROR_ARGUMENT;
  }
  ice::AgentConfig agent;
  agent.role =
      known->role == FLOE_ROLE_CONTROLLING ? ice::Role::controlling : ice::Role::controlled;
  if (known->components != 0) agent.components = known->components;
  agent.pacing.strict = known->strict_pacing != 0;
  if (known->pacing_us != 0) agent.pacing.ta = Duration(known->pacing_us);
  if (known->nomination_patience_us != 0) {
    agent.nomination_patience = Duration(known->nomination_patience_us);
  }
  signal::SessionOptions session;
  session.trickle = known->no_trickle == 0;
  return Configuration{CallbackRandom(known->random, known->random_user), agent,
                       std::move(session)};
}

}  // namespace floe::c
