// Listeners that close the driver, or use it, from inside whatever they are told (P42).
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "driver/fake_host.h"
#include "driver/recording_listener.h"
#include "floe/driver/agent_driver.h"

using namespace floe;
using namespace floe::testing;

namespace {

struct Driven {
  Driven() : driver(host.api(), {}, listener) {}

  FakeHost host;
  RecordingListener listener;
  AgentDriver driver;
};

template <class EventKind>
void close_on(Driven& driven) {
  driven.listener.on_event = [&driven](const ice::Event& event) {
    if (std::holds_alternative<EventKind>(event)) driven.driver.close();
  };
}

/// Whatever happens after the end, nothing more is heard or sent.
void check_is_over(Driven& driven) {
  CHECK(driven.driver.agent().state() == ice::State::closed);
  CHECK(driven.host.open_count() == 0);
  CHECK(driven.host.asked_names().empty());
  const std::size_t sent = driven.host.sent().size();
  const std::size_t found = driven.listener.found().size();
  driven.host.set_addresses({"192.0.2.7"});
  driven.host.bind_all();
  driven.host.run_for(60s);
  CHECK(driven.host.open_count() == 0);
  CHECK(driven.host.sent().size() == sent);
  CHECK(driven.listener.found().size() == found);
  CHECK(driven.host.armed_timers() == 0);
}

}  // namespace

TEST_CASE("a listener may close the driver when gathering begins", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  close_on<ice::GatheringChanged>(driven);
  driven.driver.gather({});
  check_is_over(driven);
}

TEST_CASE("a listener may close the driver when a candidate is found", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1", "192.0.2.2"});
  close_on<ice::LocalCandidateFound>(driven);
  driven.driver.gather({});
  driven.host.bind_all();
  check_is_over(driven);
}

TEST_CASE("a listener may close the driver when a candidate is taken back", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1", "192.0.2.2", "192.0.2.3"});
  driven.driver.gather({});
  driven.host.bind_all();
  close_on<ice::LocalCandidateRemoved>(driven);
  SECTION("because the address went") {
    driven.host.set_addresses({"192.0.2.3"});
  }
  SECTION("because the socket failed") {
    driven.host.fail("192.0.2.2");
  }
  check_is_over(driven);
}

TEST_CASE("a listener may close the driver when a server cannot be asked", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  driven.listener.on_failure = [&driven] { driven.driver.close(); };
  GatherOptions options;
  SECTION("because it is not supported") {
    options.servers.push_back(*parse_server_uri("stuns:example.org"));
    options.servers.push_back(*parse_server_uri("stun:example.org"));
    driven.driver.gather(options);
  }
  SECTION("because nobody knows its name") {
    options.servers.push_back(*parse_server_uri("stun:example.org"));
    driven.driver.gather(options);
    driven.host.resolve("example.org", {}, "no such name");
  }
  SECTION("because it is silent") {
    options.servers.push_back(*parse_server_uri("stun:203.0.113.1"));
    driven.driver.gather(options);
    driven.host.bind_all();
    driven.host.run_for(6s);
  }
  CHECK(driven.listener.failures().size() == 1);
  check_is_over(driven);
}

TEST_CASE("a listener may close the driver when the state changes", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  driven.driver.gather({});
  driven.host.bind_all();
  close_on<ice::StateChanged>(driven);
  driven.driver.input([](peer::Connection& connection, Timestamp now) {
    connection.agent().set_remote_description(now, {{"PeerUfrag", "PeerPassword/with+24chars"}});
    ice::Candidate candidate;
    candidate.priority = 1000;
    candidate.foundation = *ice::Foundation::parse("1");
    candidate.address = candidate.base = *TransportAddress::parse("198.51.100.2:2000");
    return connection.agent().add_remote_candidate(now, candidate);
  });
  check_is_over(driven);
}

TEST_CASE("inputs from inside a listener are carried out, in order", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1", "192.0.2.2"});
  int restarts = 0;
  driven.listener.on_event = [&](const ice::Event& event) {
    if (!std::holds_alternative<ice::LocalCandidateFound>(event) || restarts == 3) return;
    ++restarts;
    driven.driver.input(
        [](peer::Connection& connection, Timestamp now) { connection.agent().restart(now); });
  };
  driven.driver.gather({});
  driven.host.bind_all();
  CHECK(restarts == 3);
  CHECK(driven.driver.agent().local_candidates().size() == 2);
  CHECK(driven.driver.agent().gathering_state() == ice::GatheringState::complete);
}

TEST_CASE("a driver may be destroyed while everything is under way", "[driver]") {
  FakeHost host;
  RecordingListener listener;
  {
    AgentDriver driver(host.api(), {}, listener);
    host.set_addresses({"192.0.2.1", "192.0.2.2"});
    GatherOptions options;
    options.servers.push_back(*parse_server_uri("stun:example.org"));
    driver.gather(options);
  }
  CHECK(host.open_count() == 0);
  CHECK(host.asked_names().empty());
  host.set_addresses({"192.0.2.3"});
  host.run_for(60s);
  CHECK(host.sent().empty());
}
