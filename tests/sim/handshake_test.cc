// Handshakes of DTLS between two ends, over networks that lose, double, disorder and cut off
// datagrams. Of how long they take: handshake_study_test.cc.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>

#include "floe/sim/seeded_random.h"
#include "handshake_scene.h"
#include "picked_datagrams.h"

using namespace floe;
using namespace floe::sim;

namespace {

/// The smallest of IPv4 that everybody carries, and the smallest of IPv6.
constexpr std::uint32_t kMtus[] = {576, 1280};

/// The worst time until the first data came, since both ends knew each other.
struct WorstHandshake {
  Duration time{};
  std::size_t runs = 0;
  std::size_t failed = 0;

  void add(const HandshakeScene& scene) {
    ++runs;
    if (!scene.is_through()) {
      ++failed;
    } else {
      time = std::max(time, *scene.first_data_at() - *scene.known_at());
    }
  }
  void print(const char* what, std::uint32_t mtu) const {
    std::printf("%s, MTU %u: %zu handshakes, %zu failed, the slowest in %lld ms\n", what, mtu, runs,
                failed, static_cast<long long>(time / 1ms));
  }
};

std::size_t datagrams_of_a_handshake(std::uint32_t mtu) {
  HandshakeScene scene({.seed = Catch::getSeed(), .mtu = mtu});
  const PickedDatagrams picked(scene.left.host(), scene.right.host(),
                               [](const PickedDatagrams::Picked&, Link&) {});
  REQUIRE(scene.run().empty());
  return picked.count();
}

void meet_without(std::uint32_t mtu, std::size_t first, std::size_t second, WorstHandshake& worst) {
  CAPTURE(mtu, first, second);
  HandshakeScene scene({.seed = Catch::getSeed(), .mtu = mtu});
  const PickedDatagrams picked(scene.left.host(), scene.right.host(),
                               [&](const PickedDatagrams::Picked& datagram, Link& link) {
                                 const bool is_lost =
                                     datagram.number == first || datagram.number == second;
                                 if (is_lost) link.loss_ppm = kLostForCertain;
                               });
  CHECK(scene.run().empty());
  CHECK(scene.is_through());
  worst.add(scene);
}

}  // namespace

TEST_CASE("a handshake survives the loss of each single datagram of it", "[ice][sim][dtls]") {
  for (const std::uint32_t mtu : kMtus) {
    WorstHandshake worst;
    const std::size_t count = datagrams_of_a_handshake(mtu);
    for (std::size_t i = 0; i < count; ++i) meet_without(mtu, i, i, worst);
    worst.print("one lost", mtu);
  }
}

TEST_CASE("a handshake survives the loss of each two datagrams of it", "[ice][sim][dtls]") {
  for (const std::uint32_t mtu : kMtus) {
    WorstHandshake worst;
    // The second one may be the repetition of the first. On a path of 576 bytes, what is counted
    // has repetitions in it, since the first certificates are too long.
    const std::size_t count = datagrams_of_a_handshake(mtu) * (mtu == 576 ? 1 : 2);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = i + 1; j < count; ++j) meet_without(mtu, i, j, worst);
    }
    worst.print("two lost", mtu);
  }
}

TEST_CASE("ends on a path that loses 30 % meet encrypted, or fail cleanly", "[ice][sim][dtls]") {
  constexpr std::uint64_t kSeeds = 30;
  for (const std::uint32_t mtu : kMtus) {
    WorstHandshake worst;
    for (std::uint64_t i = 0; i < kSeeds; ++i) {
      HandshakeScene scene({.seed = Catch::getSeed() + i, .loss_percent = 30, .mtu = mtu});
      CAPTURE(mtu, i);
      CHECK(scene.run().empty());
      worst.add(scene);
    }
    worst.print("30 % lost", mtu);
    CHECK(worst.failed == 0);
  }
}

TEST_CASE("a handshake survives fragments that are doubled and overtake each other",
          "[ice][sim][dtls]") {
  constexpr std::uint64_t kSeeds = 15;
  for (const std::uint32_t mtu : kMtus) {
    WorstHandshake worst;
    for (std::uint64_t i = 0; i < kSeeds; ++i) {
      CAPTURE(mtu, i);
      HandshakeScene scene({.seed = Catch::getSeed() + i, .mtu = mtu});
      SeededRandom random(i);
      const PickedDatagrams picked(scene.left.host(), scene.right.host(),
                                   [&](const PickedDatagrams::Picked&, Link& link) {
                                     link.jitter = 40ms;
                                     if (random.below(3) == 0) link.duplicate_ppm = 1'000'000;
                                   });
      CHECK(scene.run().empty());
      CHECK(scene.is_through());
      worst.add(scene);
    }
    worst.print("doubled and disordered", mtu);
  }
}
