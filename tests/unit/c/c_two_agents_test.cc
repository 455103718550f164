// Two agents of the C API, with function calls for a network.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "c/c_agent.h"

using namespace floe::testing;

namespace {

class Pair {
 public:
  explicit Pair(floe_role right_role = FLOE_ROLE_CONTROLLED)
      : left({.seed = 1}), right({.address = "[2001:db8::2]:5000", .role = right_role, .seed = 2}) {
    // Addresses of one family, for there to be a pair.
    REQUIRE(right.add_socket(CAgent::address("192.0.2.2:5000"), 1, 1) == FLOE_OK);
    left.start();
    right.start();
  }

  /// Carries everything to and fro, and lets time pass, until `end_us`.
  void run_until(std::int64_t end_us) {
    for (;;) {
      while (carry(left, right, left_outputs) || carry(right, left, right_outputs)) continue;
      const std::int64_t next =
          std::min(floe_agent_deadline(left.get()), floe_agent_deadline(right.get()));
      if (next > end_us) break;
      left.now_us = right.now_us = std::max(left.now_us, next);
      left.handle(FLOE_INPUT_DEADLINE);
      right.handle(FLOE_INPUT_DEADLINE);
    }
    left.now_us = right.now_us = end_us;
  }

  static std::vector<TakenOutput> of(const std::vector<TakenOutput>& outputs,
                                     floe_output_kind kind) {
    std::vector<TakenOutput> found;
    std::ranges::copy_if(outputs, std::back_inserter(found),
                         [&](const TakenOutput& output) { return output.is(kind); });
    return found;
  }
  static bool reached(const std::vector<TakenOutput>& outputs, floe_state state) {
    return std::ranges::any_of(outputs, [&](const TakenOutput& output) {
      return output.is(FLOE_OUTPUT_STATE) && output.raw.state.state == state;
    });
  }

  CAgent left;
  CAgent right;
  std::vector<TakenOutput> left_outputs;
  std::vector<TakenOutput> right_outputs;

 private:
  static bool carry(CAgent& from, CAgent& to, std::vector<TakenOutput>& log) {
    const auto outputs = from.take();
    for (const TakenOutput& output : outputs) {
      if (output.is(FLOE_OUTPUT_SIGNAL)) to.receive_signal(output.bytes);
      if (output.is(FLOE_OUTPUT_TRANSMIT)) {
        floe_input input{};
        input.kind = FLOE_INPUT_DATAGRAM;
        input.datagram = {output.raw.transmit.remote, output.raw.transmit.local,
                          reinterpret_cast<const std::uint8_t*>(output.bytes.data()),
                          output.bytes.size()};
        to.handle(input);
      }
    }
    log.insert(log.end(), outputs.begin(), outputs.end());
    return !outputs.empty();
  }
};

}  // namespace

TEST_CASE("two agents of the C API connect and exchange datagrams", "[c]") {
  Pair pair;
  pair.run_until(1'000'000);
  REQUIRE(Pair::reached(pair.left_outputs, FLOE_STATE_COMPLETED));
  REQUIRE(Pair::reached(pair.right_outputs, FLOE_STATE_CONNECTED));

  const auto selected = Pair::of(pair.left_outputs, FLOE_OUTPUT_SELECTED_PAIR).at(0).raw;
  CHECK(selected.selected_pair.component == 1);
  CHECK(selected.selected_pair.local.address.port == 4000);
  CHECK(selected.selected_pair.local.base.port == 4000);
  CHECK(selected.selected_pair.remote.address.port == 5000);
  CHECK(selected.selected_pair.remote.priority > 0);
  const auto gathering = Pair::of(pair.left_outputs, FLOE_OUTPUT_GATHERING);
  REQUIRE(gathering.size() == 2);
  CHECK(gathering[0].raw.gathering == FLOE_GATHERING_GATHERING);
  CHECK(gathering[1].raw.gathering == FLOE_GATHERING_COMPLETE);

  CHECK(pair.left.send("to the right") == FLOE_OK);
  CHECK(pair.right.send("") == FLOE_OK);
  pair.run_until(1'000'001);
  const auto heard_right = Pair::of(pair.right_outputs, FLOE_OUTPUT_DATA);
  REQUIRE(heard_right.size() == 1);
  CHECK(heard_right[0].bytes == "to the right");
  CHECK(heard_right[0].raw.data.component == 1);
  CHECK(Pair::of(pair.left_outputs, FLOE_OUTPUT_DATA).size() == 1);
  CHECK(pair.left.counters().data_sent == 1);
  CHECK(pair.right.counters().data_received == 1);
}

TEST_CASE("a connection of the C API lives on and survives a restart", "[c]") {
  Pair pair;
  pair.run_until(60'000'000);
  REQUIRE(pair.left.handle(FLOE_INPUT_RESTART) == FLOE_OK);
  CHECK(pair.left.send("meanwhile") == FLOE_OK);
  pair.run_until(120'000'000);
  CHECK(pair.right.send("afterwards") == FLOE_OK);
  pair.run_until(120'000'001);
  CHECK(Pair::of(pair.right_outputs, FLOE_OUTPUT_DATA).at(0).bytes == "meanwhile");
  CHECK(Pair::of(pair.left_outputs, FLOE_OUTPUT_DATA).at(0).bytes == "afterwards");
  CHECK_FALSE(Pair::reached(pair.left_outputs, FLOE_STATE_DISCONNECTED));
}

TEST_CASE("who changes the role says so", "[c]") {
  Pair pair(FLOE_ROLE_CONTROLLING);
  pair.run_until(1'000'000);
  auto roles = Pair::of(pair.left_outputs, FLOE_OUTPUT_ROLE);
  const auto of_right = Pair::of(pair.right_outputs, FLOE_OUTPUT_ROLE);
  roles.insert(roles.end(), of_right.begin(), of_right.end());
  REQUIRE(roles.size() == 1);
  CHECK(roles[0].raw.role == FLOE_ROLE_CONTROLLED);
}

TEST_CASE("views of an output live until the next call, and buffers given in are free", "[c]") {
  Pair pair;
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
