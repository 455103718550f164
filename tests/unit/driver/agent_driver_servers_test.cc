// Servers by name: whom a driver asks, and what becomes of those that cannot be asked.
#include <catch2/catch_test_macros.hpp>

#include "driver/fake_host.h"
#include "driver/recording_listener.h"
#include "floe/driver/agent_driver.h"
#include "ice/stun_server.h"

using namespace floe;
using namespace floe::testing;

namespace {

GatherOptions servers(const std::vector<const char*>& texts) {
  GatherOptions options;
  for (const char* text : texts) options.servers.push_back(*parse_server_uri(text));
  return options;
}

struct Driven {
  Driven() : driver(host.api(), {}, listener) { host.set_addresses({"192.0.2.1"}); }

  bool is_complete() const {
    return driver.agent().gathering_state() == ice::GatheringState::complete;
  }

  FakeHost host;
  RecordingListener listener;
  AgentDriver driver;
};

const IpAddress kServer = IpAddress::v4(203, 0, 113, 1);

}  // namespace

TEST_CASE("gathering waits for a name and asks its address", "[driver]") {
  Driven driven;
  driven.driver.gather(servers({"stun:example.org"}));
  driven.host.bind_all();
  CHECK_FALSE(driven.is_complete());
  driven.host.resolve("example.org", {kServer});
  driven.host.run_for(50ms);
  REQUIRE(driven.host.sent().size() == 1);
  const auto& asked = driven.host.sent()[0];
  CHECK(asked.remote == TransportAddress{kServer, 3478});
  const Sent request{asked.local, asked.remote, asked.payload, {}};
  driven.host.deliver(asked.local, asked.remote,
                      server_answer(request, {IpAddress::v4(198, 51, 100, 7), 7777}));
  CHECK(driven.is_complete());
  CHECK(driven.listener.found().size() == 2);
}

TEST_CASE("a name that leads nowhere is told and not waited for", "[driver]") {
  Driven driven;
  driven.driver.gather(servers({"stun:nowhere.example.org"}));
  driven.host.bind_all();
  driven.host.resolve("nowhere.example.org", {}, "no such name");
  CHECK(driven.is_complete());
  REQUIRE(driven.listener.failures().size() == 1);
  CHECK(driven.listener.failures()[0].url == "stun:nowhere.example.org");
  CHECK_FALSE(driven.listener.failures()[0].has_base);
  CHECK(driven.listener.failures()[0].code == ice::kServerUnreachable);
  CHECK(driven.listener.failures()[0].text == "no such name");
}

TEST_CASE("servers that are not supported are told, each", "[driver]") {
  Driven driven;
  driven.driver.gather(servers(
      {"turn:example.org?transport=tcp", "stuns:example.org", "turns:example.org?transport=udp"}));
  driven.host.bind_all();
  CHECK(driven.listener.failures().size() == 3);
  CHECK(driven.is_complete());
  CHECK(driven.host.asked_names().empty());
}

TEST_CASE("a server that is silent is told by the name that it was given", "[driver]") {
  Driven driven;
  driven.driver.gather(servers({"stun:203.0.113.1"}));
  driven.host.bind_all();
  driven.host.run_for(6s);
  REQUIRE(driven.listener.failures().size() == 1);
  CHECK(driven.listener.failures()[0].url == "stun:203.0.113.1");
  CHECK(driven.listener.failures()[0].has_base);
  CHECK(driven.is_complete());
}

TEST_CASE("on a host without a resolver only addresses are asked", "[driver]") {
  FakeHost host;
  host.has_resolver = false;
  RecordingListener listener;
  AgentDriver driver(host.api(), {}, listener);
  host.set_addresses({"192.0.2.1"});
  driver.gather(servers({"stun:example.org", "stun:203.0.113.1"}));
  host.bind_all();
  CHECK(listener.failures().size() == 1);
  host.run_for(50ms);
  CHECK(host.sent().size() == 1);
}

// P52: nothing else waits for a slow resolver.
TEST_CASE("sockets are signalled while a name is being resolved", "[driver]") {
  Driven driven;
  driven.driver.gather(servers({"stun:slow.example.org"}));
  driven.host.bind_all();
  CHECK(driven.listener.found().size() == 1);
  CHECK_FALSE(driven.is_complete());
}

TEST_CASE("after close no name is asked for any more", "[driver]") {
  Driven driven;
  driven.driver.gather(servers({"stun:example.org"}));
  driven.driver.close();
  CHECK(driven.host.asked_names().empty());
  driven.host.resolve("example.org", {kServer});
  CHECK(driven.host.sent().empty());
}
