// `floe-device` with STUN and TURN servers, run as people run it.
#include <catch2/catch_test_macros.hpp>

#include "child_process.h"
#include "relay_server.h"
#include "rooms.h"

using namespace floe;
using namespace floe::rooms;
using native::test::ChildProcess;
using native::test::ChildResult;
using native::test::RelayServer;
using rooms::test::Rooms;

namespace {

std::vector<std::string> with(std::vector<std::string> words,
                              const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a device tells its peer the address that a TURN server relays for it",
          "[gateway][device]") {
  Rooms rooms;
  native::Loop& loop = rooms.host.loop();
  RelayServer relay(loop);
  REQUIRE(setenv("FLOE_TEST_PASSWORD", "secret", 1) == 0);
  ChildProcess device({FLOE_DEVICE, rooms.url(), "--bind", "127.0.0.1", "--turn", relay.uri(),
                       "--turn-user", "alice", "--turn-pass-env", "FLOE_TEST_PASSWORD"});
  ChildProcess agent({FLOE_COMMAND, "agent", "--signal", rooms.url(), "--bind", "127.0.0.1"});
  const auto is_connected = [&] { return has(agent.hear().output, "\"completed\""); };
  CHECK(native::test::run_until(loop, is_connected));
  const auto is_relayed = [&] {
    agent.say("{\"command\":\"stats\"}\n");
    const std::string& output = agent.hear().output;
    return has(output, "\"candidateType\":\"relay\"");
  };
  CHECK(native::test::run_until(loop, is_relayed));
  CHECK(relay.allocation_count() == 1);
  CAPTURE(agent.hear().output, device.hear().output, device.hear().errors);
  CHECK(has(device.hear().output, "\"selected-pair\""));
}

TEST_CASE("a device says which server gave it no address", "[gateway][device]") {
  Rooms rooms;
  native::Loop& loop = rooms.host.loop();
  RelayServer server(loop);
  ChildProcess device({FLOE_DEVICE, rooms.url(), "--bind", "127.0.0.1", "--turn", server.uri(),
                       "--turn-user", "alice", "--turn-pass", "wrong"});
  ChildProcess agent({FLOE_COMMAND, "agent", "--signal", rooms.url(), "--bind", "127.0.0.1"});
  const auto told = [&] { return has(device.hear().errors, "no candidate from " + server.uri()); };
  CHECK(native::test::run_until(loop, told));
}

TEST_CASE("a device refuses what an agent refuses, in the same words", "[gateway][device]") {
  native::Loop loop;
  const auto run = [&](std::vector<std::string> words) {
    return ChildProcess(std::move(words)).finish(loop, 20s);
  };
  const std::vector<std::vector<std::string>> bad{
      {"--stun", "turn:192.0.2.1"},
      {"--stun", "stuns:192.0.2.1"},
      {"--stun", "stun:"},
      {"--turn", "stun:192.0.2.1"},
      {"--turn", "turns:192.0.2.1?transport=udp"},
      {"--turn", "turn:192.0.2.1?transport=sctp"},
      {"--turn-user", "alice"},
      {"--turn-pass", "secret", "--turn", "turn:192.0.2.1"},
      {"--turn", "turn:192.0.2.1", "--turn-pass-env", "NO_SUCH_VARIABLE"},
      {"--tls-ca", "/no/such/file"},
  };
  for (const auto& words : bad) {
    const ChildResult agent = run(with({FLOE_COMMAND, "agent"}, words));
    const ChildResult device = run(with({FLOE_DEVICE, "ws://127.0.0.1:9/signal/home"}, words));
    CAPTURE(words, agent.errors, device.errors);
    CHECK(device.exit_status == 2);
    CHECK(agent.exit_status == 2);
    CHECK_FALSE(device.errors.empty());
    CHECK(device.errors == agent.errors);
  }
  const ChildResult help = run({FLOE_DEVICE, "--help"});
  for (const char* option : {"--stun", "--turn", "--turn-user", "--turn-pass", "--turn-pass-env"}) {
    CHECK(has(help.output, option));
  }
}

TEST_CASE("a device is the server of a room of its own", "[gateway][device]") {
  native::Loop loop;
  ChildProcess device({FLOE_DEVICE, "--listen", "127.0.0.1:0", "--bind", "127.0.0.1"});
  REQUIRE(native::test::run_until(loop, [&] { return has(device.hear().output, "\"joined\""); }));
  const std::string& told = device.hear().output;
  const std::size_t address = told.find("127.0.0.1:");
  REQUIRE(address != told.npos);
  const std::string server = told.substr(address, told.find('"', address) - address);
  ChildProcess agent({FLOE_COMMAND, "agent", "--signal", "ws://" + server + "/signal/demo",
                      "--bind", "127.0.0.1"});
  const auto is_connected = [&] { return has(agent.hear().output, "\"completed\""); };
  CHECK(native::test::run_until(loop, is_connected));
  CAPTURE(agent.hear().output, agent.hear().errors, device.hear().errors);
}

TEST_CASE("a device admits no strangers from other machines", "[gateway][device]") {
  native::Loop loop;
  const auto run = [&](std::vector<std::string> words) {
    return ChildProcess(with({FLOE_DEVICE}, std::move(words))).finish(loop, 20s);
  };
  const ChildResult open = run({"--listen", "0.0.0.0:0"});
  CHECK(open.exit_status == 1);
  CHECK(has(open.errors, "without a token everybody who can reach 0.0.0.0:0 could connect"));
  const ChildResult short_token = run({"--listen", "0.0.0.0:0", "--token", "0123456789abcde"});
  CHECK(short_token.exit_status == 1);
  const ChildResult nowhere = run({});
  CHECK(nowhere.exit_status == 1);
  CHECK(has(nowhere.errors, "there is no room"));
  CHECK(run({"ws://127.0.0.1:9/signal/home", "--listen", "127.0.0.1:0"}).exit_status == 2);
}
