// The functions of floe/floe.h: they check for NULL, then call the class behind the handle.
#include <cstring>

#include "agent_object.h"
#include "conversion.h"
#include "floe/floe.h"
#include "sized_struct.h"

namespace {

using AgentCall = floe::c::Calls::Function<floe::c::AgentObject>;

constexpr std::int64_t kNowMax = INT64_MAX / 2;
// Programs rely on both sizes: a later library must fit new kinds into the same space.
static_assert(sizeof(floe_input) == 8 + 256 && sizeof(floe_output) == 8 + 256);
static_assert(FLOE_NEVER == floe::kNever.time_since_epoch().count());

}  // namespace

floe_error floe_agent_create(const floe_agent_config* config, floe_agent** agent) {
  if (config == nullptr || agent == nullptr) return FLOE_ERROR_ARGUMENT;
  auto configuration = floe::c::read_configuration(*config);
  if (!configuration) return configuration.error();
  *agent = new floe_agent(std::move(*configuration));
  return FLOE_OK;
}

floe_error floe_agent_handle(floe_agent* agent, std::int64_t now_us, const floe_input* input) {
  if (agent == nullptr || input == nullptr) return FLOE_ERROR_ARGUMENT;
  if (now_us < 0 || now_us > kNowMax) return FLOE_ERROR_ARGUMENT;
  if (agent->calls().in_callback()) return FLOE_ERROR_IN_CALLBACK;
  const AgentCall call(*agent);
  const floe_error error = agent->handle(floe::Timestamp(floe::Duration(now_us)), *input);
  return agent->calls().is_doomed() ? FLOE_ERROR_CLOSED : error;
}

floe_error floe_agent_poll(floe_agent* agent, floe_output* output) {
  if (output == nullptr) return FLOE_ERROR_ARGUMENT;
  std::memset(output, 0, sizeof *output);
  if (agent == nullptr) return FLOE_ERROR_ARGUMENT;
  if (agent->calls().in_callback()) return FLOE_ERROR_IN_CALLBACK;
  const AgentCall call(*agent);
  agent->poll(*output);
  if (!agent->calls().is_doomed()) return FLOE_OK;
  std::memset(output, 0, sizeof *output);  // its pointers end with the agent
  return FLOE_ERROR_CLOSED;
}

std::int64_t floe_agent_deadline(const floe_agent* agent) {
  return agent == nullptr ? FLOE_NEVER : agent->deadline().time_since_epoch().count();
}

void floe_agent_destroy(floe_agent* agent) {
  if (agent == nullptr) return;
  const AgentCall call(*agent);
  agent->calls().doom();
}

floe_error floe_agent_count(const floe_agent* agent, floe_counters* counters) {
  if (agent == nullptr || counters == nullptr) return FLOE_ERROR_ARGUMENT;
  floe_counters known{};
  agent->count(known);
  return floe::c::write_sized(known, counters) ? FLOE_OK : FLOE_ERROR_SIZE;
}

const char* floe_state_text(std::uint32_t state) {
  switch (state) {
    case FLOE_STATE_NEW:
      return "new";
    case FLOE_STATE_CHECKING:
      return "checking";
    case FLOE_STATE_CONNECTED:
      return "connected";
    case FLOE_STATE_COMPLETED:
      return "completed";
    case FLOE_STATE_DISCONNECTED:
      return "disconnected";
    case FLOE_STATE_FAILED:
      return "failed";
    case FLOE_STATE_CLOSED:
      return "closed";
  }
  return "?";
}

const char* floe_version(void) {
  return FLOE_VERSION;
}
