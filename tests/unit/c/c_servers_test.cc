// STUN servers, NATs that somebody configured, and kinds of agents in the C API.
#include <array>
#include <catch2/catch_test_macros.hpp>

#include "c/c_agent.h"
#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_builder.h"
#include "floe/stun/message_view.h"

using namespace floe::testing;
namespace stun = floe::stun;

namespace {

const char* const kServer = "198.51.100.1:3478";

floe_error add_server(CAgent& agent, const char* text) {
  floe_input input{};
  input.kind = FLOE_INPUT_STUN_SERVER;
  input.stun_server = CAgent::address(text);
  return agent.handle(input);
}

floe_error add_external_socket(CAgent& agent, const char* external, bool hides) {
  floe_input input{};
  input.kind = FLOE_INPUT_EXTERNAL_SOCKET;
  input.external_socket.socket = {agent.local(), 1, 65535};
  input.external_socket.external = CAgent::address(external);
  input.external_socket.hides_address = hides ? 1 : 0;
  return agent.handle(input);
}

/// What a server says to the request in `asked`.
template <class Attribute>
std::string answer(const std::string& asked, stun::Class kind, const Attribute& attribute) {
  const auto request = stun::MessageView::parse(floe::as_bytes(asked));
  REQUIRE(request);
  std::array<std::uint8_t, 200> buffer;
  stun::MessageBuilder builder(buffer, kind, stun::Method::binding, request->transaction_id());
  return std::string(floe::as_text(*builder.add(attribute).finish()));
}

std::string all_signals(CAgent& agent) {
  std::string text;
  for (const TakenOutput& signal : agent.take(FLOE_OUTPUT_SIGNAL)) text += signal.bytes;
  return text;
}

floe_error create(const floe_agent_config& config, floe_agent** agent) {
  return floe_agent_create(&config, agent);
}

}  // namespace

TEST_CASE("a STUN server is asked, and its answer is a candidate for the peer", "[c]") {
  CAgent agent;
  REQUIRE(add_server(agent, kServer) == FLOE_OK);
  agent.start();
  const auto asked = agent.take(FLOE_OUTPUT_TRANSMIT);
  REQUIRE(asked.size() == 1);
  const auto mapped = *floe::TransportAddress::parse("203.0.113.5:6000");
  REQUIRE(
      agent.receive(answer(asked[0].bytes, stun::Class::success, stun::XorMappedAddress{mapped}),
                    CAgent::address(kServer)) == FLOE_OK);
  const std::string signals = all_signals(agent);
  CHECK(signals.find("203.0.113.5 6000 typ srflx raddr 192.0.2.1 rport 4000") != signals.npos);
}

TEST_CASE("a STUN server that refuses is an output with its words", "[c]") {
  CAgent agent;
  REQUIRE(add_server(agent, kServer) == FLOE_OK);
  agent.start();
  const auto asked = agent.take(FLOE_OUTPUT_TRANSMIT);
  REQUIRE(asked.size() == 1);
  REQUIRE(agent.receive(answer(asked[0].bytes, stun::Class::error, stun::ErrorCode{400, "go away"}),
                        CAgent::address(kServer)) == FLOE_OK);
  const auto errors = agent.take(FLOE_OUTPUT_CANDIDATE_ERROR);
  REQUIRE(errors.size() == 1);
  const floe_candidate_error& error = errors[0].raw.candidate_error;
  CHECK(error.code == 400);
  CHECK(errors[0].bytes == "go away");
  CHECK(error.server.port == 3478);
  CHECK(error.local.port == agent.local().port);
}

TEST_CASE("only a few STUN servers that can be reached are taken", "[c]") {
  CAgent agent;
  CHECK(add_server(agent, "0.0.0.0:3478") == FLOE_ERROR_ADDRESS);
  CHECK(add_server(agent, "224.0.0.1:3478") == FLOE_ERROR_ADDRESS);
  floe_input input{};
  input.kind = FLOE_INPUT_STUN_SERVER;
  CHECK(agent.handle(input) == FLOE_ERROR_ADDRESS);
  for (int i = 1; i <= 8; ++i) {
    CHECK(add_server(agent, ("198.51.100.1:" + std::to_string(i)).c_str()) == FLOE_OK);
  }
  CHECK(add_server(agent, "198.51.100.1:8") == FLOE_OK);  // known
  CHECK(add_server(agent, "198.51.100.1:9") == FLOE_ERROR_LIMIT);
}

TEST_CASE("an agent that has no use for STUN servers says so", "[c]") {
  floe::sim::SeededRandom random(1);
  floe_agent_config config = CAgent::configuration(random);
  SECTION("lite") {
    config.lite = 1;
  }
  SECTION("relayed candidates only") {
    config.policy = FLOE_POLICY_RELAY;
  }
  floe_agent* agent = nullptr;
  REQUIRE(create(config, &agent) == FLOE_OK);
  floe_input input{};
  input.kind = FLOE_INPUT_STUN_SERVER;
  input.stun_server = CAgent::address(kServer);
  CHECK(floe_agent_handle(agent, 0, &input) == FLOE_ERROR_ARGUMENT);
  floe_agent_destroy(agent);
}

TEST_CASE("a socket behind a configured NAT is told with its outer address", "[c]") {
  CAgent agent;
  CHECK(add_external_socket(agent, "[2001:db8::1]:4000", false) == FLOE_ERROR_ADDRESS);
  CHECK(add_external_socket(agent, "0.0.0.0:4000", false) == FLOE_ERROR_ADDRESS);
  REQUIRE(agent.handle(FLOE_INPUT_START_GATHERING) == FLOE_OK);
  SECTION("beside the inner one") {
    REQUIRE(add_external_socket(agent, "203.0.113.5:4000", false) == FLOE_OK);
    const std::string signals = all_signals(agent);
    CHECK(signals.find("192.0.2.1 4000 typ host") != signals.npos);
    CHECK(signals.find("203.0.113.5 4000 typ srflx") != signals.npos);
  }
  SECTION("in its place") {
    REQUIRE(add_external_socket(agent, "203.0.113.5:4000", true) == FLOE_OK);
    const std::string signals = all_signals(agent);
    CHECK(signals.find("203.0.113.5 4000 typ host") != signals.npos);
    CHECK(signals.find("192.0.2.1") == signals.npos);
  }
}

TEST_CASE("a lite agent says that it is one", "[c]") {
  floe::sim::SeededRandom random(1);
  floe_agent_config config = CAgent::configuration(random);
  config.lite = 1;
  floe_agent* agent = nullptr;
  REQUIRE(create(config, &agent) == FLOE_OK);
  floe_input input{};
  input.kind = FLOE_INPUT_START_GATHERING;
  REQUIRE(floe_agent_handle(agent, 0, &input) == FLOE_OK);
  floe_output output;
  REQUIRE(floe_agent_poll(agent, &output) == FLOE_OK);
  REQUIRE(output.kind == FLOE_OUTPUT_SIGNAL);
  CHECK(std::string(output.signal.text).find("\"iceLite\":true") != std::string::npos);
  floe_agent_destroy(agent);
}
