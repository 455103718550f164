// Checks of the peer that overtake its description.
#include <catch2/catch_test_macros.hpp>

#include "floe/ice/limits.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

TransportAddress stranger(unsigned number) {
  return {IpAddress::v4(203, 0, 113, static_cast<std::uint8_t>(number / 250 + 1)),
          static_cast<std::uint16_t>(10000 + number)};
}

}  // namespace

TEST_CASE("checks that come before the description are answered, and used later", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  driven.receive(driven.request());
  CHECK(driven.take(stun::Class::success).size() == 1);
  CHECK(driven.take_requests().empty());  // its password is not known yet
  CHECK(driven.agent().deadline() == kNever);

  REQUIRE(driven.describe_peer());
  const auto checks = driven.take_requests();
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].remote == HandDrivenAgent::kPeer);
}

TEST_CASE("a nomination that comes before the description counts", "[ice][agent]") {
  AgentConfig config;
  config.role = Role::controlled;
  HandDrivenAgent driven(config);
  driven.add_socket();
  PeerRequest request;
  request.role = Role::controlling;
  request.use_candidate = true;
  driven.receive(driven.request(request));
  REQUIRE(driven.describe_peer());
  driven.answer_checks();
  CHECK(driven.agent().selected_pair(1));
}

TEST_CASE("early checks of another peer come to nothing", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  PeerRequest request;
  request.username = driven.agent().local_credentials().ufrag + ":someoneElse";
  driven.receive(driven.request(request), HandDrivenAgent::kOther);
  REQUIRE(driven.describe_peer());
  CHECK(driven.take_requests().empty());
  CHECK(driven.agent().remote_candidates().empty());
}

TEST_CASE("early checks are remembered up to a limit and counted beyond", "[ice][agent]") {
  HandDrivenAgent driven;
  driven.add_socket();
  for (unsigned i = 0; i < kEarlyChecksMax + 5; ++i) driven.receive(driven.request(), stranger(i));
  CHECK(driven.take(stun::Class::success).size() == kEarlyChecksMax + 5);
  CHECK(driven.agent().counters().early_checks_dropped == 5);
  REQUIRE(driven.describe_peer());
  CHECK(driven.agent().remote_candidates().size() == kEarlyChecksMax);
}

TEST_CASE("of two nominations that came before the description the later one counts",
          "[ice][agent]") {
  AgentConfig config;
  config.role = Role::controlled;
  HandDrivenAgent driven(config);
  driven.add_socket();
  PeerRequest request;
  request.role = Role::controlling;
  request.use_candidate = true;
  request.nomination = 1;
  driven.receive(driven.request(request));
  request.nomination = 2;
  driven.receive(driven.request(request), HandDrivenAgent::kOther);
  REQUIRE(driven.describe_peer(false, {.ice2 = true, .renomination = true}));
  driven.take(stun::Class::success);
  driven.run_for(200ms);
  driven.answer_everything();
  driven.run_for(200ms);
  REQUIRE(driven.agent().selected_pair(1));
  CHECK(driven.agent().selected_pair(1)->remote.address == HandDrivenAgent::kOther);
}
