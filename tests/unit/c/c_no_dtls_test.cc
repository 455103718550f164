// An agent of the C API in a library without DTLS.
#include <catch2/catch_test_macros.hpp>

#include "c/c_agent.h"

using namespace floe::testing;

TEST_CASE("an agent of the C API that cannot encrypt says so at once", "[c]") {
  floe::sim::SeededRandom random(1);
  floe_agent_config config = CAgent::configuration(random);
  std::string line;
  config.log = [](void* user, floe_log_level, const char*, const char* text) {
    *static_cast<std::string*>(user) = text;
  };
  config.log_user = &line;
  config.dtls = 1;
  std::string expected = "this library was built without DTLS, or there is no memory";
  SECTION("with a certificate that it would make") {}
  SECTION("with one of the program's") {
    config.certificate = config.key = "DER";
    config.certificate_size = config.key_size = 3;
    expected = "`certificate` and `key`: this build has no DTLS";
  }
  floe_agent* agent = nullptr;
  CHECK(floe_agent_create(&config, &agent) == FLOE_ERROR_ARGUMENT);
  CHECK(line == "floe_agent_config: `dtls` is 1: " + expected);
}
