// Every kind of input of the C API, and what is wrong with some.
#include <catch2/catch_test_macros.hpp>

#include "c/c_agent.h"

using namespace floe::testing;

namespace {

const char* const kPeer = "192.0.2.2:5000";

floe_address with_port(floe_address address, std::uint16_t port) {
  address.port = port;
  return address;
}

}  // namespace

TEST_CASE("an input of an unknown kind is refused", "[c]") {
  CAgent agent;
  CHECK(agent.handle(floe_input{}) == FLOE_ERROR_ARGUMENT);
  CHECK(agent.handle(static_cast<floe_input_kind>(FLOE_INPUT_TURN_SERVER + 1)) ==
        FLOE_ERROR_ARGUMENT);
}

TEST_CASE("time outside its range is refused, and time that goes back stands still", "[c]") {
  CAgent agent;
  agent.now_us = -1;
  CHECK(agent.handle(FLOE_INPUT_START_GATHERING) == FLOE_ERROR_ARGUMENT);
  agent.now_us = INT64_MAX;
  CHECK(agent.handle(FLOE_INPUT_START_GATHERING) == FLOE_ERROR_ARGUMENT);
  agent.now_us = 5'000'000;
  CHECK(agent.handle(FLOE_INPUT_START_GATHERING) == FLOE_OK);
  agent.now_us = 1'000'000;
  CHECK(agent.handle(FLOE_INPUT_DEADLINE) == FLOE_OK);
  agent.now_us = INT64_MAX / 2;
  CHECK(agent.handle(FLOE_INPUT_DEADLINE) == FLOE_OK);
}

TEST_CASE("only a socket that can be reached becomes a candidate", "[c]") {
  CAgent agent;
  CHECK(agent.add_socket(agent.local()) == FLOE_OK);
  CHECK(agent.add_socket(agent.local()) == FLOE_OK);  // known
  CHECK(agent.add_socket(CAgent::address("[2001:db8::1]:4000")) == FLOE_OK);
  CHECK(agent.add_socket(with_port(agent.local(), 0)) == FLOE_ERROR_ADDRESS);
  CHECK(agent.add_socket(CAgent::address("0.0.0.0:1")) == FLOE_ERROR_ADDRESS);
  CHECK(agent.add_socket(CAgent::address("224.0.0.1:1")) == FLOE_ERROR_ADDRESS);
  CHECK(agent.add_socket(floe_address{}) == FLOE_ERROR_ADDRESS);
  CHECK(agent.add_socket(CAgent::address("192.0.2.1:4001"), 0) == FLOE_ERROR_ARGUMENT);
  CHECK(agent.add_socket(CAgent::address("192.0.2.1:4001"), 2) == FLOE_ERROR_ARGUMENT);
}

TEST_CASE("sockets have a limit", "[c]") {
  CAgent agent;
  for (std::uint16_t i = 0; i < 64; ++i) {
    CHECK(agent.add_socket(with_port(agent.local(), static_cast<std::uint16_t>(4000 + i)), 1,
                           static_cast<std::uint16_t>(65535 - i)) == FLOE_OK);
  }
  CHECK(agent.add_socket(with_port(agent.local(), 1)) == FLOE_ERROR_LIMIT);
}

TEST_CASE("a socket can be removed, also one that is not there", "[c]") {
  CAgent agent;
  agent.start();
  floe_input input{};
  input.kind = FLOE_INPUT_REMOVE_LOCAL_SOCKET;
  CHECK(agent.handle(input) == FLOE_ERROR_ADDRESS);
  input.local_socket.address = agent.local();
  CHECK(agent.handle(input) == FLOE_OK);
  CHECK(agent.handle(input) == FLOE_OK);
}

TEST_CASE("any datagram from anywhere is taken, and counted", "[c]") {
  CAgent agent;
  agent.start();
  CHECK(agent.receive("", CAgent::address(kPeer)) == FLOE_OK);
  CHECK(agent.receive(std::string(65507, 'x'), CAgent::address("[::1]:0")) == FLOE_OK);
  CHECK(agent.counters().data_from_strangers == 2);
  CHECK(agent.take(FLOE_OUTPUT_DATA).empty());
}

TEST_CASE("a datagram that cannot have come from a network is refused", "[c]") {
  CAgent agent;
  CHECK(agent.receive(std::string(65508, 'x'), CAgent::address(kPeer)) == FLOE_ERROR_TOO_BIG);
  CHECK(agent.receive("x", floe_address{}) == FLOE_ERROR_ADDRESS);
  floe_input input{};
  input.kind = FLOE_INPUT_DATAGRAM;
  input.datagram = {agent.local(), CAgent::address(kPeer), nullptr, 1};
  CHECK(agent.handle(input) == FLOE_ERROR_ARGUMENT);
  input.datagram.size = 0;
  CHECK(agent.handle(input) == FLOE_OK);
}

TEST_CASE("nothing is queued without a path", "[c]") {
  CAgent agent;
  agent.start();
  for (int i = 0; i < 1000; ++i) REQUIRE(agent.send("x") == FLOE_ERROR_NOT_CONNECTED);
  CHECK(agent.take(FLOE_OUTPUT_TRANSMIT).empty());
}

TEST_CASE("what is sent has a component and a length that can be", "[c]") {
  CAgent agent;
  CHECK(agent.send("x", 0) == FLOE_ERROR_ARGUMENT);
  CHECK(agent.send("x", 2) == FLOE_ERROR_ARGUMENT);
  CHECK(agent.send(std::string(65508, 'x')) == FLOE_ERROR_TOO_BIG);
  floe_input input{};
  input.kind = FLOE_INPUT_SEND;
  input.send = {nullptr, 1, 1};
  CHECK(agent.handle(input) == FLOE_ERROR_ARGUMENT);
}

TEST_CASE("datagrams do not pile up when nobody takes the outputs", "[c]") {
  CAgent agent;
  const floe_address peer = CAgent::address(kPeer);
  for (int i = 0; i < 256; ++i) REQUIRE(agent.receive("x", peer) == FLOE_OK);
  CHECK(agent.receive("x", peer) == FLOE_ERROR_LIMIT);
  agent.take();
  CHECK(agent.receive("x", peer) == FLOE_OK);
}

TEST_CASE("after the end only the end is taken", "[c]") {
  CAgent agent;
  agent.start();
  CHECK(agent.close(nullptr) == FLOE_OK);
  CHECK(agent.close(nullptr) == FLOE_OK);
  CHECK(agent.handle(FLOE_INPUT_DEADLINE) == FLOE_OK);
  CHECK(agent.handle(FLOE_INPUT_START_GATHERING) == FLOE_ERROR_CLOSED);
  CHECK(agent.handle(FLOE_INPUT_RESTART) == FLOE_ERROR_CLOSED);
  CHECK(agent.handle(FLOE_INPUT_REPEAT_SIGNALS) == FLOE_ERROR_CLOSED);
  CHECK(agent.handle(FLOE_INPUT_END_OF_LOCAL_SOCKETS) == FLOE_ERROR_CLOSED);
  CHECK(agent.add_socket(agent.local()) == FLOE_ERROR_CLOSED);
  CHECK(agent.receive_signal("{}") == FLOE_ERROR_CLOSED);
  CHECK(agent.receive("x", CAgent::address(kPeer)) == FLOE_ERROR_CLOSED);
  CHECK(agent.send("x") == FLOE_ERROR_CLOSED);
  CHECK(floe_agent_deadline(agent.get()) == FLOE_NEVER);
}
