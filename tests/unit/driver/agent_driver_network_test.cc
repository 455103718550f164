// Sockets that follow the host's network: they come, fail and go, and gathering ends all the same.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "driver/fake_host.h"
#include "driver/recording_listener.h"
#include "floe/driver/agent_driver.h"

using namespace floe;
using namespace floe::testing;

namespace {

struct Driven {
  explicit Driven(const ice::AgentConfig& config = {}) : driver(host.api(), config, listener) {}

  bool is_complete() const {
    return driver.agent().gathering_state() == ice::GatheringState::complete;
  }

  FakeHost host;
  RecordingListener listener;
  AgentDriver driver;
};

}  // namespace

TEST_CASE("a driver opens a socket on each address and ends when all are bound", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1", "2001:db8::1"});
  driven.driver.gather({});
  CHECK(driven.host.bind_requests().size() == 2);
  CHECK_FALSE(driven.is_complete());
  driven.host.bind_all();
  CHECK(driven.is_complete());
  REQUIRE(driven.listener.found().size() == 2);
  // RFC 8445, section 5.1.2.1: preferences are unique.
  CHECK(driven.listener.found()[0].priority > driven.listener.found()[1].priority);
  CHECK(driven.listener.found()[0].address.ip == *IpAddress::parse("2001:db8::1"));
}

TEST_CASE("a driver opens one for each component of each stream", "[driver]") {
  ice::AgentConfig config;
  config.streams = 3;
  config.components = 2;
  Driven driven(config);
  driven.host.set_addresses({"192.0.2.1"});
  driven.driver.gather({});
  driven.host.bind_all();
  REQUIRE(driven.listener.found().size() == 6);
  CHECK(driven.listener.found()[5].id() == ice::StreamComponent(2, 2));
  CHECK(driven.is_complete());
}

TEST_CASE("a driver waits for a network that is not known yet", "[driver]") {
  Driven driven;
  driven.driver.gather({});
  CHECK(driven.host.bind_requests().empty());
  CHECK_FALSE(driven.is_complete());
  driven.host.set_addresses({"192.0.2.1"});
  driven.host.bind_all();
  CHECK(driven.is_complete());
}

// After the end of candidates, none that comes with a network could be signalled.
TEST_CASE("a host without any address goes on gathering until it has one", "[driver]") {
  Driven driven;
  driven.host.set_addresses({});
  driven.driver.gather({});
  CHECK_FALSE(driven.is_complete());
  CHECK(driven.listener.found().empty());
  driven.host.set_addresses({"192.0.2.1"});
  driven.host.bind_all();
  CHECK(driven.is_complete());
  CHECK(driven.listener.found().size() == 1);
}

TEST_CASE("a socket that cannot be bound is logged and not waited for", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1", "192.0.2.2"});
  driven.driver.gather({});
  driven.host.fail("192.0.2.1", BindError::address_in_use);
  CHECK_FALSE(driven.is_complete());
  driven.host.bind_all();
  CHECK(driven.is_complete());
  CHECK(driven.listener.found().size() == 1);
  REQUIRE(driven.host.log_lines().size() == 1);
  CHECK(driven.host.log_lines()[0].find("address in use") != std::string::npos);
}

TEST_CASE("an address that goes takes its socket and candidate with it", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1", "192.0.2.2"});
  driven.driver.gather({});
  driven.host.bind_all();
  driven.host.set_addresses({"192.0.2.2"});
  REQUIRE(driven.listener.removed().size() == 1);
  CHECK(driven.listener.removed()[0].address.ip == *IpAddress::parse("192.0.2.1"));
  CHECK(driven.host.bound().size() == 1);
}

TEST_CASE("an address that goes while it is being bound is not waited for", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1", "192.0.2.2"});
  driven.driver.gather({});
  driven.host.set_addresses({"192.0.2.2"});
  CHECK(driven.host.opening_count("192.0.2.1") == 0);
  driven.host.bind_all();
  CHECK(driven.is_complete());
  CHECK(driven.listener.found().size() == 1);
  CHECK(driven.listener.removed().empty());
}

TEST_CASE("an address that comes back is bound anew", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  driven.driver.gather({});
  driven.host.bind_all();
  const TransportAddress before = driven.host.bound().at(0);
  driven.host.set_addresses({});
  CHECK(driven.host.open_count() == 0);
  driven.host.set_addresses({"192.0.2.1"});
  driven.host.bind_all();
  REQUIRE(driven.host.bound().size() == 1);
  CHECK(driven.host.bound()[0] != before);
}

TEST_CASE("a network that changes nothing changes nothing", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  driven.driver.gather({});
  driven.host.bind_all();
  for (int i = 0; i < 10; ++i) driven.host.set_addresses({"192.0.2.1"});
  CHECK(driven.host.bind_requests().size() == 1);
  CHECK(driven.listener.removed().empty());
}

TEST_CASE("a network that changes before gathering, or after the end, is let be", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  CHECK(driven.host.bind_requests().empty());
  driven.driver.gather({});
  driven.host.bind_all();
  driven.driver.close();
  CHECK(driven.host.bound().empty());
  driven.host.set_addresses({"192.0.2.1", "192.0.2.2"});
  CHECK(driven.host.bind_requests().size() == 1);
  CHECK(driven.host.armed_timers() == 0);
}

TEST_CASE("gathering again changes nothing", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  driven.driver.gather({});
  driven.driver.gather({});
  CHECK(driven.host.bind_requests().size() == 1);
}

TEST_CASE("the range of ports is asked for", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  GatherOptions options;
  options.port_min = 5000;
  options.port_max = 5009;
  driven.driver.gather(options);
  REQUIRE(driven.host.bind_requests().size() == 1);
  CHECK(driven.host.bind_requests()[0].port_min == 5000);
  CHECK(driven.host.bind_requests()[0].port_max == 5009);
}

TEST_CASE("the external address has the port that was bound", "[driver]") {
  const bool hides = GENERATE(false, true);
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  GatherOptions options;
  options.external_addresses = {
      {*IpAddress::parse("0.0.0.0"), *IpAddress::parse("203.0.113.1"), hides}};
  driven.driver.gather(options);
  driven.host.bind_all();
  REQUIRE(driven.listener.found().size() == (hides ? 1u : 2u));
  const TransportAddress external = driven.listener.found().back().address;
  CHECK(external.ip == *IpAddress::parse("203.0.113.1"));
  CHECK(external.port == driven.host.bound().at(0).port);
}

TEST_CASE("a bound socket that fails later is taken back", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  driven.driver.gather({});
  driven.host.bind_all();
  driven.host.fail("192.0.2.1", BindError::closed);
  CHECK(driven.listener.removed().size() == 1);
  CHECK(driven.is_complete());
}

// P17: a firewall here says nothing of what the peer can send.
TEST_CASE("sends that fail at once do not end an agent before its patience", "[driver]") {
  Driven driven;
  driven.host.refuses_sends = true;
  driven.host.set_addresses({"192.0.2.1"});
  driven.driver.gather({});
  driven.host.bind_all();
  driven.driver.input([](peer::Connection& connection, Timestamp now) {
    connection.agent().set_remote_description(now, {{"PeerUfrag", "PeerPassword/with+24chars"}});
    ice::Candidate candidate;
    candidate.priority = 1000;
    candidate.foundation = *ice::Foundation::parse("1");
    candidate.address = candidate.base = *TransportAddress::parse("198.51.100.2:2000");
    connection.agent().add_remote_candidate(now, candidate);
    connection.agent().end_of_remote_candidates(now);
  });
  driven.host.run_for(39s);
  CHECK(driven.driver.agent().state() == ice::State::checking);
  CHECK(driven.driver.agent().local_candidates().size() == 1);
  driven.host.run_for(10s);
  CHECK(driven.driver.agent().state() == ice::State::failed);
}

TEST_CASE("a datagram longer than UDP carries is not sent", "[driver]") {
  Driven driven;
  driven.host.set_addresses({"192.0.2.1"});
  driven.driver.gather({});
  driven.host.bind_all();
  const ByteVector payload(kMaxDatagramSize + 1);
  CHECK_FALSE(driven.driver.send(1, payload));
  CHECK_FALSE(driven.driver.send(1, as_bytes("no path yet")));
}
