// How long an agent waits before it repeats a check (RFC 8445, section 14.3): RTO = MAX (500 ms,
// Ta * N * (Num-Waiting + Num-In-Progress)).
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "floe/stun/attributes/error_code.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

/// When the first check, to the peer's best candidate, is repeated.
Duration first_repeat(unsigned candidates, Duration ta) {
  AgentConfig config;
  config.pacing = {.ta = ta, .strict = true};
  HandDrivenAgent driven(config);
  driven.add_socket();
  for (unsigned i = 0; i < candidates; ++i) {
    const TransportAddress address{IpAddress::v4(198, 51, 100, 2),
                                   static_cast<std::uint16_t>(i + 1)};
    driven.add_peer_candidate(address, CandidateType::host, 0x7effffff - i, std::to_string(i));
  }
  REQUIRE(driven.describe_peer());
  const Sent first = driven.take_requests().at(0);
  for (int i = 0; i < 100; ++i) {
    driven.run_for(100ms);
    for (const Sent& sent : driven.take_requests()) {
      if (sent.payload == first.payload) return sent.at - first.at;
    }
  }
  return {};
}

}  // namespace

TEST_CASE("a check is repeated after half a second", "[ice][agent]") {
  CHECK(first_repeat(1, 50ms) == 500ms);
  CHECK(first_repeat(10, 50ms) == 500ms);
  CHECK(first_repeat(64, 5ms) == 500ms);
}

TEST_CASE("a check is repeated later when many are to be sent", "[ice][agent]") {
  CHECK(first_repeat(20, 50ms) == 1s);
  CHECK(first_repeat(64, 50ms) == 64 * 50ms);
  CHECK(first_repeat(12, 100ms) == 1200ms);
}

TEST_CASE("a check is repeated as it was sent, although the roles have changed since",
          "[ice][agent]") {
  AgentConfig config;
  config.pacing = {.ta = 50ms, .strict = true};
  HandDrivenAgent driven(config);
  driven.add_socket();
  const TransportAddress second{IpAddress::v4(198, 51, 100, 7), 7};
  driven.add_peer_candidate();
  driven.add_peer_candidate(second, CandidateType::host, 0x7efffffe, "2");
  driven.describe_peer();
  driven.run_for(60ms);
  const auto checks = driven.take_requests();
  REQUIRE(checks.size() == 2);
  driven.receive(driven.error_for(checks[1], stun::kRoleConflict), second);
  REQUIRE(driven.agent().role() == Role::controlled);
  driven.run_for(500ms);
  const auto is_first = [&](const Sent& sent) { return sent.payload == checks[0].payload; };
  CHECK(std::ranges::count_if(driven.take_requests(), is_first) == 1);
}

// Moving world 123456794489: the seven copies of one check were lost by chance, and the pair
// counted as failed, although it was selected and had consent.
TEST_CASE("a check in vain does not fail a pair that answers others", "[ice][agent]") {
  AgentConfig config;
  config.role = Role::controlled;
  HandDrivenAgent driven(config);
  driven.connect();
  REQUIRE(driven.agent().send(driven.now(), 1, as_bytes("out")));
  driven.drain();
  driven.take_sent();
  driven.run_for(2550ms);
  const auto checks = driven.take_requests();
  REQUIRE(checks.size() == 1);
  const stun::TransactionId lost = checks[0].message().transaction_id();
  driven.receive(as_bytes("in"));
  for (int i = 0; i < 100; ++i) {
    driven.run_for(500ms);
    for (const Sent& request : driven.take_requests()) {
      if (request.message().transaction_id() != lost) driven.answer(request);
    }
  }
  CHECK(driven.agent().selected_pair(1));
  CHECK(driven.agent().pairs()[0].state == PairState::succeeded);
}
