// Clocks that begin anywhere, and hosts that sleep at any moment (P25).
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"
#include "ice/stun_server.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

constexpr TransportAddress kServer = {IpAddress::v4(203, 0, 113, 1), 3478};

}  // namespace

TEST_CASE("an agent works whenever its clock began", "[ice][agent]") {
  const Timestamp start = GENERATE(Timestamp{}, Timestamp{Duration(1)}, Timestamp{-1h},
                                   Timestamp{std::chrono::hours(24 * 365 * 1000)});
  const Role role = GENERATE(Role::controlling, Role::controlled);
  AgentConfig config;
  config.role = role;
  HandDrivenAgent driven(config, 1, start);
  driven.connect();
  for (int i = 0; i < 60; ++i) {
    driven.run_for(1s);
    driven.answer_checks();
  }
  CHECK(driven.state_is(State::connected));
  driven.run_for(31s);
  CHECK(driven.state_is(State::failed));
}

TEST_CASE("a deadline is never in the past once it was handled", "[ice][agent]") {
  const Timestamp start = GENERATE(Timestamp{}, Timestamp{-1h}, Timestamp{1h});
  HandDrivenAgent driven({}, 1, start);
  driven.add_socket();
  driven.agent().start_gathering(driven.now());
  driven.agent().add_stun_server(driven.now(), kServer);
  driven.agent().end_of_local_sockets(driven.now());
  REQUIRE(driven.describe_peer());
  driven.add_peer_candidate();
  // run_for() fails the test when one comes again and again.
  driven.run_for(120s);
  CHECK(driven.agent().deadline() > driven.now());
}

TEST_CASE("a host that slept an hour, whatever it did, sends little and goes on", "[ice][agent]") {
  const int moment = GENERATE(range(0, 8));
  CAPTURE(moment);
  HandDrivenAgent driven;
  driven.add_socket();
  driven.agent().start_gathering(driven.now());
  if (moment >= 1) driven.agent().add_stun_server(driven.now(), kServer);
  driven.agent().end_of_local_sockets(driven.now());
  if (moment >= 2) driven.describe_peer();
  if (moment >= 3) driven.add_peer_candidate();
  driven.run_for(50ms);
  if (moment >= 4) driven.answer_checks();  // nominating
  if (moment >= 5) driven.answer_checks();  // connected
  if (moment >= 6) driven.run_for(15s);     // doubtful
  if (moment >= 7) driven.agent().restart(driven.now());
  driven.drain();
  driven.take_sent();

  driven.sleep(1h);
  for (int i = 0; i < 3 && driven.agent().deadline() <= driven.now(); ++i) {
    driven.agent().handle_timeout(driven.now());
    driven.drain();
  }
  CHECK(driven.agent().deadline() > driven.now());
  CHECK(driven.take_sent().size() <= 3);
  // Consent is gone, so no data goes anywhere (RFC 7675).
  if (moment >= 5) CHECK_FALSE(driven.agent().send(driven.now(), 1, as_bytes("data")));

  driven.agent().restart(driven.now());
  driven.drain();
  driven.describe_peer();
  driven.add_peer_candidate();
  for (int i = 0; i < 10; ++i) {
    driven.run_for(50ms);
    driven.answer_checks();
  }
  CHECK(driven.state_is(State::connected));
}

TEST_CASE("a short sleep costs nothing but the time", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.start();
  driven.take_sent();
  driven.sleep(5s);
  driven.agent().handle_timeout(driven.now());
  driven.drain();
  const auto requests = driven.take_requests();
  CHECK_FALSE(requests.empty());
  CHECK(requests.size() <= 2);
  driven.answer(requests.back());
  driven.answer_checks();
  CHECK(driven.state_is(State::connected));
}

TEST_CASE("an answer that lay in a buffer while the host slept is no consent", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  driven.run_for(6s);
  const Sent request = driven.take_requests().at(0);
  driven.sleep(1h);
  driven.answer(request);
  CHECK_FALSE(driven.agent().send(driven.now(), 1, as_bytes("data")));
  CHECK(driven.state_is(State::failed));
}

TEST_CASE("calls at the same instant, or too early, change nothing", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.connect();
  for (int i = 0; i < 100; ++i) driven.agent().handle_timeout(driven.now());
  driven.drain();
  CHECK(driven.take_sent().empty());
  CHECK(driven.take_events().empty());
}
