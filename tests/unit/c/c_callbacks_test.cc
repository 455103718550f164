// What a program does with an agent from inside of the agent's callback.
#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "c/c_agent.h"

using namespace floe::testing;

namespace {

/// Gives random bytes, and does something to the agent that asked for them.
struct Meddler {
  floe::sim::SeededRandom random{1};
  floe_agent* agent = nullptr;
  bool destroys = false;
  std::vector<floe_error> errors = {};

  static void fill(void* user, std::uint8_t* bytes, std::size_t size) {
    Meddler& self = *static_cast<Meddler*>(user);
    self.random.fill({bytes, size});
    if (self.agent == nullptr) return;  // in floe_agent_create()
    floe_input input{};
    input.kind = FLOE_INPUT_RESTART;
    floe_output output;
    output.kind = FLOE_OUTPUT_DATA;
    self.errors.push_back(floe_agent_handle(self.agent, 0, &input));
    self.errors.push_back(floe_agent_poll(self.agent, &output));
    CHECK(output.kind == FLOE_OUTPUT_NONE);
    if (self.destroys) floe_agent_destroy(self.agent);
  }
  void create() {
    floe_agent_config config = CAgent::configuration(random);
    config.random = fill;
    config.random_user = this;
    REQUIRE(floe_agent_create(&config, &agent) == FLOE_OK);
  }
  /// It needs new credentials.
  floe_error restart() {
    floe_input input{};
    input.kind = FLOE_INPUT_RESTART;
    return floe_agent_handle(agent, 0, &input);
  }
};

}  // namespace

TEST_CASE("a callback that hands its agent an input gets an error", "[c]") {
  Meddler meddler;
  meddler.create();
  CHECK(meddler.restart() == FLOE_OK);
  REQUIRE_FALSE(meddler.errors.empty());
  for (const floe_error error : meddler.errors) CHECK(error == FLOE_ERROR_IN_CALLBACK);
  floe_agent_destroy(meddler.agent);
}

TEST_CASE("a callback may destroy its agent, which ends after the function that called back",
          "[c]") {
  Meddler meddler;
  meddler.create();
  meddler.destroys = true;
  CHECK(meddler.restart() == FLOE_ERROR_CLOSED);
}
