// How long an agent waits before it repeats a check (RFC 8445, section 14.3): RTO = MAX (500 ms,
// Ta * N * (Num-Waiting + Num-In-Progress)).
#include <catch2/catch_test_macros.hpp>

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
