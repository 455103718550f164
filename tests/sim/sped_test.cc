// Handshakes that ride in the checks of ICE (SPED), over bad and narrow links: a check with DTLS in
// it is lost as any other, and may be too long where a bare one is not.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>

#include "handshake_scene.h"

using namespace floe;
using namespace floe::sim;

namespace {

constexpr std::array<bool, 2> kBoth = {true, true};

Duration time_of(const HandshakeScene& scene) {
  return *scene.first_data_at() - *scene.known_at();
}

}  // namespace

TEST_CASE("a handshake in checks survives links that lose", "[ice][sim][dtls][sped]") {
  for (const std::uint32_t loss : {10u, 30u}) {
    for (const std::uint32_t mtu : {576u, 1280u}) {
      Duration worst{};
      for (std::uint64_t i = 0; i < 30; ++i) {
        CAPTURE(loss, mtu, i);
        HandshakeScene scene(
            {.seed = Catch::getSeed() + i, .loss_percent = loss, .mtu = mtu, .sped = kBoth});
        CHECK(scene.run().empty());
        REQUIRE(scene.is_through());
        worst = std::max(worst, time_of(scene));
      }
      std::printf("in checks, %u %% lost, MTU %u: the slowest in %lld ms\n", loss, mtu,
                  static_cast<long long>(worst / 1ms));
    }
  }
}

TEST_CASE("a handshake in checks survives that they are doubled and overtake each other",
          "[ice][sim][dtls][sped]") {
  for (std::uint64_t i = 0; i < 30; ++i) {
    CAPTURE(i);
    HandshakeScene scene({.seed = Catch::getSeed() + i, .loss_percent = 5, .sped = kBoth});
    for (Peer* end : {&scene.left, &scene.right}) {
      end->host().link().jitter = 60ms;
      end->host().link().duplicate_ppm = 300'000;
    }
    CHECK(scene.run().empty());
    CHECK(scene.is_through());
  }
}

TEST_CASE("a link too narrow for a check with DTLS is wide enough for ICE",
          "[ice][sim][dtls][sped]") {
  HandshakeScene scene({.mtu = 576, .sped = kBoth});
  CHECK(scene.run().empty());
  REQUIRE(scene.is_through());
  HandshakeScene without({.mtu = 576});
  REQUIRE(without.run().empty());
  std::printf("on a narrow link in %lld ms, outside checks in %lld ms\n",
              static_cast<long long>(time_of(scene) / 1ms),
              static_cast<long long>(time_of(without) / 1ms));
  CHECK(time_of(scene) < time_of(without) + 1s);
}

TEST_CASE("each component has its handshake in its checks", "[ice][sim][dtls][sped]") {
  HandshakeScene scene({.components = 2, .sped = kBoth});
  CHECK(scene.run().empty());
  REQUIRE(scene.is_through());
  CHECK(time_of(scene) == 40ms);
  CHECK(
      scene.world.run_until([&] { return scene.left.connected() && scene.right.connected(); }, 1s));
}

TEST_CASE("an end alone has nothing in its checks", "[ice][sim][dtls][sped]") {
  for (const std::array<bool, 2> sped : {std::array{true, false}, std::array{false, true}}) {
    HandshakeScene scene({.sped = sped});
    CHECK(scene.run().empty());
    REQUIRE(scene.is_through());
    CHECK(time_of(scene) == 60ms);
    CHECK(scene.longest_check() < 150);
  }
}
