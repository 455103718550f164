// Two agents of the C API that connect.
#include <catch2/catch_test_macros.hpp>

#include "c/c_pair.h"

using namespace floe::testing;

TEST_CASE("two agents of the C API connect and exchange datagrams", "[c]") {
  CPair pair;
  pair.run_until(1'000'000);
  REQUIRE(CPair::reached(pair.left_outputs, FLOE_STATE_COMPLETED));
  REQUIRE(CPair::reached(pair.right_outputs, FLOE_STATE_CONNECTED));

  const auto selected = CPair::of(pair.left_outputs, FLOE_OUTPUT_SELECTED_PAIR).at(0).raw;
  CHECK(selected.selected_pair.component == 1);
  CHECK(selected.selected_pair.local.address.port == 4000);
  CHECK(selected.selected_pair.local.base.port == 4000);
  CHECK(selected.selected_pair.remote.address.port == 5000);
  CHECK(selected.selected_pair.remote.priority > 0);
  const auto gathering = CPair::of(pair.left_outputs, FLOE_OUTPUT_GATHERING);
  REQUIRE(gathering.size() == 2);
  CHECK(gathering[0].raw.gathering == FLOE_GATHERING_GATHERING);
  CHECK(gathering[1].raw.gathering == FLOE_GATHERING_COMPLETE);

  CHECK(pair.left.send("to the right") == FLOE_OK);
  CHECK(pair.right.send("") == FLOE_OK);
  pair.run_until(1'000'001);
  const auto heard_right = CPair::of(pair.right_outputs, FLOE_OUTPUT_DATA);
  REQUIRE(heard_right.size() == 1);
  CHECK(heard_right[0].bytes == "to the right");
  CHECK(heard_right[0].raw.data.component == 1);
  CHECK(CPair::of(pair.left_outputs, FLOE_OUTPUT_DATA).size() == 1);
  CHECK(pair.left.counters().data_sent == 1);
  CHECK(pair.right.counters().data_received == 1);
}

TEST_CASE("a connection of the C API lives on and survives a restart", "[c]") {
  CPair pair;
  pair.run_until(60'000'000);
  REQUIRE(pair.left.handle(FLOE_INPUT_RESTART) == FLOE_OK);
  CHECK(pair.left.send("meanwhile") == FLOE_OK);
  pair.run_until(120'000'000);
  CHECK(pair.right.send("afterwards") == FLOE_OK);
  pair.run_until(120'000'001);
  CHECK(CPair::of(pair.right_outputs, FLOE_OUTPUT_DATA).at(0).bytes == "meanwhile");
  CHECK(CPair::of(pair.left_outputs, FLOE_OUTPUT_DATA).at(0).bytes == "afterwards");
  CHECK_FALSE(CPair::reached(pair.left_outputs, FLOE_STATE_DISCONNECTED));
}

TEST_CASE("who changes the role says so", "[c]") {
  CPair pair({}, {.role = FLOE_ROLE_CONTROLLING});
  pair.run_until(1'000'000);
  auto roles = CPair::of(pair.left_outputs, FLOE_OUTPUT_ROLE);
  const auto of_right = CPair::of(pair.right_outputs, FLOE_OUTPUT_ROLE);
  roles.insert(roles.end(), of_right.begin(), of_right.end());
  REQUIRE(roles.size() == 1);
  CHECK(roles[0].raw.role == FLOE_ROLE_CONTROLLED);
}

TEST_CASE("views of an output live until the next call, and buffers given in are free", "[c]") {
  CPair pair;
  pair.run_until(1'000'000);
  std::string buffer = "first";
  REQUIRE(pair.left.send(buffer) == FLOE_OK);
  buffer = "spoil";
  REQUIRE(pair.left.send(buffer) == FLOE_OK);
  buffer.assign(buffer.size(), '?');

  floe_output output;
  std::string sent;
  while (!floe_agent_poll(pair.left.get(), &output) && output.kind != FLOE_OUTPUT_NONE) {
    REQUIRE(output.kind == FLOE_OUTPUT_TRANSMIT);
    sent.append(reinterpret_cast<const char*>(output.transmit.data), output.transmit.size);
    // The other agent's calls do not disturb this one's views.
    floe_input input{};
    input.kind = FLOE_INPUT_DATAGRAM;
    input.datagram = {output.transmit.remote, output.transmit.local, output.transmit.data,
                      output.transmit.size};
    REQUIRE(pair.right.handle(input) == FLOE_OK);
  }
  CHECK(sent == "firstspoil");
  const auto heard = pair.right.take(FLOE_OUTPUT_DATA);
  REQUIRE(heard.size() == 2);
  CHECK(heard[0].bytes == "first");
  CHECK(heard[1].bytes == "spoil");
}
