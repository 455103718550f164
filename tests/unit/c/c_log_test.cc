// The log of an agent of the C API.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "c/c_agent.h"

using namespace floe::testing;

namespace {

const std::string kPeer =
    R"({"type":"description","usernameFragment":"Peer","password":"22charactersOrMoreItIs",)"
    R"("candidates":[{"candidate":"candidate:1 1 udp 2113937151 192.0.2.2 5000 typ host"}],)"
    R"("endOfCandidates":true})";

struct LoggedAgent {
  explicit LoggedAgent(std::uint32_t minimum) {
    floe_agent_config config = CAgent::configuration(random);
    config.log = [](void* user, floe_log_level level, const char* area, const char* text) {
      static_cast<LoggedAgent*>(user)->lines.push_back(std::to_string(level) + " " + area + ": " +
                                                       text);
    };
    config.log_user = this;
    config.log_minimum = minimum;
    REQUIRE(floe_agent_create(&config, &agent) == FLOE_OK);
  }
  ~LoggedAgent() { floe_agent_destroy(agent); }

  void handle(floe_input input) {
    REQUIRE(floe_agent_handle(agent, now_us, &input) == FLOE_OK);
    floe_output output;
    while (!floe_agent_poll(agent, &output) && output.kind != FLOE_OUTPUT_NONE) {
    }
  }
  void handle_signal(const std::string& text) {
    floe_input input{};
    input.kind = FLOE_INPUT_SIGNAL;
    input.signal = {text.data(), text.size()};
    handle(input);
  }
  void gather() {
    floe_input input{};
    input.kind = FLOE_INPUT_START_GATHERING;
    handle(input);
    input.kind = FLOE_INPUT_LOCAL_SOCKET;
    input.local_socket = {CAgent::address("192.0.2.1:4000"), 1, 65535};
    handle(input);
  }
  void handle_end_of_sockets() {
    floe_input input{};
    input.kind = FLOE_INPUT_END_OF_LOCAL_SOCKETS;
    handle(input);
  }
  void let_time_pass(std::int64_t until_us) {
    floe_input input{};
    input.kind = FLOE_INPUT_DEADLINE;
    while (now_us < until_us) {
      now_us = std::min(until_us, floe_agent_deadline(agent));
      handle(input);
    }
  }
  bool logs(const std::string& beginning) const {
    return std::ranges::any_of(lines,
                               [&](const auto& line) { return line.starts_with(beginning); });
  }
  bool logged(const std::string& line) const {
    return std::ranges::find(lines, line) != lines.end();
  }

  floe::sim::SeededRandom random{1};
  floe_agent* agent = nullptr;
  std::int64_t now_us = 0;
  std::vector<std::string> lines;
};

}  // namespace

TEST_CASE("an agent logs what it does, as far as it was asked to", "[c]") {
  LoggedAgent talkative(FLOE_LOG_DEBUG);
  talkative.gather();
  CHECK(talkative.logged("1 ice: gathering is gathering"));
  CHECK(talkative.logged("1 ice: found host 192.0.2.1:4000"));
  LoggedAgent usual(FLOE_LOG_DEFAULT);
  usual.gather();
  CHECK(usual.lines.empty());
}

TEST_CASE("an agent logs what is wrong with a message of the peer", "[c]") {
  LoggedAgent agent(FLOE_LOG_DEFAULT);
  agent.handle_signal("no message");
  REQUIRE(agent.lines.size() == 1);
  CHECK(agent.lines.front().starts_with("3 signal: "));
}

TEST_CASE("an agent that gives up logs why, and what became of each pair", "[c]") {
  LoggedAgent agent(FLOE_LOG_DEBUG);
  agent.gather();
  agent.handle_end_of_sockets();
  agent.handle_signal(kPeer);
  agent.let_time_pass(60'000'000);
  CHECK(agent.logged("1 ice: checking"));
  CHECK(agent.logs("3 ice: failed: "));
  CHECK(agent.logs("1 ice: host 192.0.2.1:4000 to host 192.0.2.2:5000: failed"));
}
