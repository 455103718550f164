// `floe agent` whose system has a full queue for long datagrams.
#include <catch2/catch_test_macros.hpp>

#include "child_process.h"

namespace floe::native {
namespace {

using test::ChildProcess;
using test::run_until;
using namespace std::chrono_literals;

/// An agent on standard input and output, as people run it.
class Agent {
 public:
  explicit Agent(std::vector<std::string> command) : child_(with_options(std::move(command))) {}

  bool has_said(std::string_view part) {
    return child_.hear().output.find(part) != std::string::npos;
  }
  void say(const std::string& line) { child_.say(line + "\n"); }
  /// The messages that this agent has written since the last time go to the other.
  void pass_to(Agent& other) {
    const std::string& said = child_.hear().output;
    for (auto end = said.find('\n', passed_); end != std::string::npos;
         end = said.find('\n', passed_)) {
      const std::string line = said.substr(passed_, end - passed_);
      if (line.starts_with("{\"type\"")) other.say(line);
      passed_ = end + 1;
    }
  }

 private:
  static std::vector<std::string> with_options(std::vector<std::string> command) {
    for (const char* word : {"agent", "--signal", "stdio", "--bind", "127.0.0.1"}) {
      command.emplace_back(word);
    }
    return command;
  }

  ChildProcess child_;
  std::size_t passed_ = 0;
};

std::string send_order(std::size_t base64_size) {
  return R"({"command":"send","base64":")" + std::string(base64_size, 'A') + "\"}";
}

}  // namespace

TEST_CASE("floe agent reports a datagram that a full queue does not take", "[native][cli]") {
  Loop loop;
  Agent sender({FLOE_FULL_QUEUE, FLOE_COMMAND});
  Agent receiver({FLOE_COMMAND});
  const auto wait_for = [&](Agent& agent, std::string_view part) {
    return run_until(
        loop,
        [&] {
          sender.pass_to(receiver);
          receiver.pass_to(sender);
          return agent.has_said(part);
        },
        10s);
  };
  if (!wait_for(sender, "\"description\"")) SKIP("no seccomp here");
  REQUIRE(wait_for(sender, R"("state":"connected")"));
  // Datagrams of one pass of its loop leave together: the first learns what becomes of it.
  bool is_reported = false;
  for (int tries = 0; tries < 10 && !is_reported; ++tries) {
    sender.say(send_order(4000));
    is_reported = run_until(
        loop, [&] { return sender.has_said(R"("code":"queue-full")"); }, 500ms);
  }
  CHECK(is_reported);
  CHECK(sender.has_said("the datagram was not sent: a queue on the way out is full"));
  sender.say(send_order(40));
  CHECK(wait_for(receiver, "\"base64\":\"" + std::string(40, 'A') + "\""));
}

}  // namespace floe::native
