// Agents whose sockets a gateway lends: its gate lets through all that an agent does.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "floe/sim/site.h"
#include "peer.h"

using namespace floe;
using namespace floe::sim;

namespace {

struct Pair {
  Pair(std::string_view left_kind, std::string_view right_kind)
      : left_site(world, network_kind(left_kind), IpVersions::v4, 1),
        right_site(world, network_kind(right_kind), IpVersions::v4, 2),
        left(world, left_site.add_host("left"), options(ice::Role::controlling)),
        right(world, right_site.add_host("right"), options(ice::Role::controlled)) {}

  static PeerOptions options(ice::Role role) {
    PeerOptions result;
    result.agent.role = role;
    result.is_gated = true;
    result.recovers = true;
    return result;
  }

  bool connect() {
    start(left, right);
    return both_connected(10s);
  }
  bool both_connected(Duration limit) {
    return world.run_until([&] { return left.connected() && right.connected(); }, limit);
  }
  /// A datagram each way every 100 ms: whether all of them arrive.
  bool exchange(int count) {
    const std::size_t left_before = left.received().size();
    const std::size_t right_before = right.received().size();
    for (int i = 0; i < count; ++i) {
      if (!left.send("right") || !right.send("left")) return false;
      world.run_for(100ms);
    }
    world.run_for(1s);
    return left.received().size() - left_before == static_cast<std::size_t>(count) &&
           right.received().size() - right_before == static_cast<std::size_t>(count);
  }

  World world{Catch::getSeed()};
  Site left_site;
  Site right_site;
  Peer left;
  Peer right;
};

}  // namespace

TEST_CASE("agents behind gates connect, and data flows for minutes", "[ice][sim][consent]") {
  const std::string_view kind = GENERATE("open", "full cone", "port-restricted");
  CAPTURE(kind);
  Pair pair(kind, "open");
  REQUIRE(pair.connect());
  CHECK(pair.exchange(3000));  // five minutes: many times the life of consent
  for (Peer* peer : {&pair.left, &pair.right}) {
    CHECK(peer->gates()->drops().other_out == 0);
    CHECK(peer->gates()->drops().over_rate == 0);
    CHECK_FALSE(peer->gates()->has_seen_a_scan());
  }
}

TEST_CASE("a restart goes through a gate, and data goes on meanwhile", "[ice][sim][consent]") {
  Pair pair("open", "open");
  REQUIRE(pair.connect());
  for (int i = 0; i < 5; ++i) {
    pair.left.restart();
    CHECK(pair.exchange(50));
    CHECK(pair.both_connected(5s));
  }
  CHECK(pair.left.gates()->drops().other_out == 0);
}
