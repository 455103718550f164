// The messages of floe.signal.1 that an agent of the C API gives and takes.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "c/c_agent.h"

using namespace floe::testing;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

const char* const kDescription =
    R"({"type":"description","usernameFragment":"Peer","password":"22charactersOrMoreItIs"})";

}  // namespace

TEST_CASE("a description is the first output, and candidates follow", "[c]") {
  CAgent agent;
  agent.start();
  const auto signals = agent.take(FLOE_OUTPUT_SIGNAL);
  REQUIRE(signals.size() == 3);
  CHECK_THAT(signals[0].bytes, StartsWith(R"({"type":"description")"));
  CHECK_THAT(signals[1].bytes, ContainsSubstring("192.0.2.1 4000 typ host"));
  CHECK_THAT(signals[2].bytes, StartsWith(R"({"type":"end-of-candidates")"));
}

TEST_CASE("without trickling there is one description with everything in it", "[c]") {
  CAgent agent({.no_trickle = true});
  agent.start();
  const auto signals = agent.take(FLOE_OUTPUT_SIGNAL);
  REQUIRE(signals.size() == 1);
  CHECK_THAT(signals[0].bytes, ContainsSubstring("192.0.2.1 4000 typ host"));
  CHECK_THAT(signals[0].bytes, ContainsSubstring(R"("endOfCandidates":true)"));
}

TEST_CASE("signals can be repeated with all their candidates", "[c]") {
  CAgent agent;
  agent.start();
  agent.take();
  CHECK(agent.handle(FLOE_INPUT_REPEAT_SIGNALS) == FLOE_OK);
  const auto signals = agent.take(FLOE_OUTPUT_SIGNAL);
  REQUIRE(signals.size() == 1);
  CHECK_THAT(signals[0].bytes, ContainsSubstring("192.0.2.1 4000 typ host"));
}

TEST_CASE("a restart describes other credentials", "[c]") {
  CAgent agent;
  agent.start();
  const std::string first = agent.take(FLOE_OUTPUT_SIGNAL).at(0).bytes;
  CHECK(agent.handle(FLOE_INPUT_RESTART) == FLOE_OK);
  const std::string second = agent.take(FLOE_OUTPUT_SIGNAL).at(0).bytes;
  CHECK_THAT(second, StartsWith(R"({"type":"description")"));
  CHECK(first.substr(0, 60) != second.substr(0, 60));
}

TEST_CASE("a candidate that is not used is reported with the reason", "[c]") {
  CAgent agent;
  agent.start();
  CHECK(agent.receive_signal(kDescription) == FLOE_OK);
  agent.take();
  CHECK(agent.receive_signal(R"({"type":"candidate","usernameFragment":"Peer",)"
                             R"("candidate":"candidate:1 1 udp 1 4f3c.local 5000 typ host"})") ==
        FLOE_OK);
  const auto skipped = agent.take(FLOE_OUTPUT_CANDIDATE_SKIPPED);
  REQUIRE(skipped.size() == 1);
  CHECK(skipped[0].bytes ==
        "candidate:1 1 udp 1 4f3c.local 5000 typ host: it has a name instead of an address, and no "
        "names are looked up");
}

TEST_CASE("a text that is no message is reported and changes nothing", "[c]") {
  CAgent agent;
  for (const char* text : {"", "{", "null", "[]", R"({"type":1})", R"({"type":"description"})",
                           R"({"type":"candidate","usernameFragment":"Peer"})"}) {
    CHECK(agent.receive_signal(text) == FLOE_OK);
    const auto outputs = agent.take();
    REQUIRE(outputs.size() == 1);
    CHECK(outputs[0].is(FLOE_OUTPUT_ERROR));
    CHECK(outputs[0].raw.error.code == FLOE_ERROR_BAD_MESSAGE);
    CHECK(outputs[0].bytes.size() > 10);
  }
  CHECK(agent.counters().signals_bad == 7);
  floe_input input{};
  input.kind = FLOE_INPUT_SIGNAL;
  CHECK(agent.handle(input) == FLOE_ERROR_ARGUMENT);
}

TEST_CASE("a message of a type to come is only counted", "[c]") {
  CAgent agent;
  CHECK(agent.receive_signal(R"({"type":"greeting"})") == FLOE_OK);
  CHECK(agent.take().empty());
  CHECK(agent.counters().signals_of_unknown_type == 1);
  CHECK(agent.counters().signals_received == 1);
}

TEST_CASE("what is wrong with a message of the peer is named", "[c]") {
  CAgent agent;
  agent.start();
  const std::string own = agent.take(FLOE_OUTPUT_SIGNAL).at(0).bytes;
  std::uint32_t expected = FLOE_OK;
  SECTION("a candidate that cannot be read") {
    agent.receive_signal(kDescription);
    agent.receive_signal(R"({"type":"candidate","usernameFragment":"Peer","candidate":"hello"})");
    expected = FLOE_ERROR_BAD_CANDIDATE;
  }
  SECTION("the agent's own description") {
    agent.receive_signal(own);
    expected = FLOE_ERROR_OWN_DESCRIPTION;
  }
  SECTION("a restart with the old password") {
    agent.receive_signal(kDescription);
    std::string half = kDescription;
    half.replace(half.find("Peer"), 4, "Pear");
    agent.receive_signal(half);
    expected = FLOE_ERROR_CREDENTIALS_REUSED;
  }
  const auto errors = agent.take(FLOE_OUTPUT_ERROR);
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].raw.error.code == expected);
  CHECK(!errors[0].bytes.empty());
}

TEST_CASE("errors that nobody polls are bounded and counted", "[c]") {
  CAgent agent;
  for (int i = 0; i < 20; ++i) agent.receive_signal("{");
  CHECK(agent.counters().errors_dropped == 4);
  CHECK(agent.take(FLOE_OUTPUT_ERROR).size() == 16);
}

TEST_CASE("closing tells the peer why", "[c]") {
  CAgent agent;
  agent.start();
  agent.take();
  agent.close("going home");
  const auto outputs = agent.take();
  REQUIRE(outputs.size() == 2);
  CHECK(outputs[0].bytes == R"({"type":"bye","reason":"going home"})");
  CHECK(outputs[1].raw.state.state == FLOE_STATE_CLOSED);
  CHECK(outputs[1].raw.state.by_peer == 0);
  CHECK(outputs[1].raw.state.reason == nullptr);
}

TEST_CASE("the peer's farewell closes, and says why", "[c]") {
  CAgent agent;
  agent.start();
  agent.take();
  CHECK(agent.receive_signal(R"({"type":"bye","reason":"going home"})") == FLOE_OK);
  const auto outputs = agent.take();
  REQUIRE(outputs.size() == 1);
  CHECK(outputs[0].raw.state.state == FLOE_STATE_CLOSED);
  CHECK(outputs[0].raw.state.by_peer == 1);
  CHECK(outputs[0].bytes == "going home");
}
