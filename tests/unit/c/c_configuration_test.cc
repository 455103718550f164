// What floe_agent_create() takes, and how structures of other versions are read.
#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <string>

#include "c/c_agent.h"

using namespace floe::testing;

namespace {

floe_error create(const floe_agent_config& config) {
  floe_agent* agent = nullptr;
  const floe_error error = floe_agent_create(&config, &agent);
  CHECK((agent != nullptr) == (error == FLOE_OK));
  floe_agent_destroy(agent);
  return error;
}

/// A program that was compiled with a later header.
struct LaterConfig {
  floe_agent_config known;
  unsigned char unknown[8];  // without padding before it, whose bytes would be anything
};

}  // namespace

TEST_CASE("functions of the C API take NULL for an answer", "[c]") {
  floe::sim::SeededRandom random(1);
  const floe_agent_config config = CAgent::configuration(random);
  floe_agent* agent = nullptr;
  CHECK(floe_agent_create(nullptr, &agent) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_agent_create(&config, nullptr) == FLOE_ERROR_ARGUMENT);
  floe_input input{};
  CHECK(floe_agent_handle(nullptr, 0, &input) == FLOE_ERROR_ARGUMENT);
  floe_output output;
  output.kind = FLOE_OUTPUT_DATA;
  CHECK(floe_agent_poll(nullptr, &output) == FLOE_ERROR_ARGUMENT);
  CHECK(output.kind == FLOE_OUTPUT_NONE);
  CHECK(floe_agent_deadline(nullptr) == FLOE_NEVER);
  floe_counters counters{};
  CHECK(floe_agent_count(nullptr, &counters) == FLOE_ERROR_ARGUMENT);
  floe_agent_destroy(nullptr);
  CAgent living;
  CHECK(floe_agent_handle(living.get(), 0, nullptr) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_agent_poll(living.get(), nullptr) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_agent_count(living.get(), nullptr) == FLOE_ERROR_ARGUMENT);
}

TEST_CASE("a configuration must say who gives random bytes", "[c]") {
  floe::sim::SeededRandom random(1);
  floe_agent_config config = CAgent::configuration(random);
  CHECK(create(config) == FLOE_OK);
  config.random = nullptr;
  CHECK(create(config) == FLOE_ERROR_ARGUMENT);
}

TEST_CASE("values outside their range are refused", "[c]") {
  floe::sim::SeededRandom random(1);
  floe_agent_config config = CAgent::configuration(random);
  SECTION("role") {
    config.role = 2;
  }
  SECTION("components") {
    config.components = 257;
  }
  SECTION("trickling") {
    config.no_trickle = 2;
  }
  SECTION("pacing") {
    config.strict_pacing = 2;
  }
  SECTION("pacing that floods") {
    config.pacing_us = 1;
  }
  SECTION("pacing below what RFC 8445 allows") {
    config.pacing_us = 4'999;
  }
  SECTION("pacing that hardly checks") {
    config.pacing_us = 2'000'001;
  }
  SECTION("nomination") {
    config.nomination = 3;
  }
  SECTION("policy") {
    config.policy = 2;
  }
  SECTION("lite") {
    config.lite = 2;
  }
  SECTION("recovery") {
    config.no_recovery = 2;
  }
  SECTION("a level of the log") {
    config.log_minimum = 5;
  }
  SECTION("what later versions may use") {
    config.reserved[1] = 1;
  }
  SECTION("encryption") {
    config.dtls = 2;
  }
  SECTION("what later versions may use beside encryption") {
    config.reserved3[6] = 1;
  }
  SECTION("more of what later versions may use") {
    config.reserved2 = 1;
  }
  CHECK(create(config) == FLOE_ERROR_ARGUMENT);
}

TEST_CASE("the ends of the range of pacing are taken", "[c]") {
  floe::sim::SeededRandom random(1);
  floe_agent_config config = CAgent::configuration(random);
  for (const std::uint32_t pacing : {5'000u, 2'000'000u}) {
    config.pacing_us = pacing;
    CHECK(create(config) == FLOE_OK);
  }
}

TEST_CASE("a shorter configuration has defaults for what it lacks", "[c]") {
  floe::sim::SeededRandom random(1);
  floe_agent_config config = CAgent::configuration(random);
  config.role = 1000;  // beyond the end of the shorter one
  config.size = offsetof(floe_agent_config, role);
  CHECK(create(config) == FLOE_OK);
}

TEST_CASE("a configuration of the first version is still taken", "[c]") {
  floe::sim::SeededRandom random(1);
  floe_agent_config config = CAgent::configuration(random);
  config.size = offsetof(floe_agent_config, nomination);
  config.nomination = 1000;
  config.reserved[0] = 1;
  CHECK(create(config) == FLOE_OK);
}

TEST_CASE("a size that cannot be is refused", "[c]") {
  floe::sim::SeededRandom random(1);
  floe_agent_config config = CAgent::configuration(random);
  for (const std::size_t size :
       {std::size_t{0}, sizeof(std::size_t), offsetof(floe_agent_config, role) - 1, SIZE_MAX}) {
    config.size = size;
    CHECK(create(config) == FLOE_ERROR_SIZE);
  }
}

TEST_CASE("a later configuration is taken as long as it asks for nothing unknown", "[c]") {
  floe::sim::SeededRandom random(1);
  LaterConfig later{CAgent::configuration(random), {}};
  later.known.size = sizeof later;
  CHECK(create(later.known) == FLOE_OK);
  later.unknown[0] = 1;
  CHECK(create(later.known) == FLOE_ERROR_SIZE);
}

TEST_CASE("counters fill what the caller has room for", "[c]") {
  CAgent agent;
  CHECK(agent.receive("x", CAgent::address("192.0.2.2:1")) == FLOE_OK);
  floe_counters counters{};
  std::memset(&counters, 0xff, sizeof counters);
  counters.size = offsetof(floe_counters, bytes_sent);
  REQUIRE(floe_agent_count(agent.get(), &counters) == FLOE_OK);
  CHECK(counters.size == offsetof(floe_counters, bytes_sent));
  CHECK(counters.datagrams_received == 1);
  CHECK(counters.bytes_sent == UINT64_MAX);
  counters.size = 1;
  CHECK(floe_agent_count(agent.get(), &counters) == FLOE_ERROR_SIZE);
}

TEST_CASE("the library says its version", "[c]") {
  CHECK(std::string(floe_version()).find('.') != std::string::npos);
}
