// Handshakes over networks that lose, double and disorder datagrams.
#include <catch2/catch_test_macros.hpp>
#include <cstdio>

#include "dtls/two_ends.h"

using namespace floe;
using namespace floe::dtls;
using namespace floe::testing;

namespace {

/// The worst time until both ends were secured.
struct Worst {
  Duration time{};
  std::size_t runs = 0;

  void add(const TwoEnds& ends) {
    ++runs;
    const Timestamp secured = std::max(*ends.client.secured_at, *ends.server.secured_at);
    time = std::max(time, secured - Timestamp{1h});
  }
  void print(const char* what) const {
    std::printf("%s: %zu handshakes, the slowest in %lld ms of virtual time\n", what, runs,
                static_cast<long long>(time / 1ms));
  }
};

std::size_t datagrams_of_a_handshake(std::size_t mtu) {
  DtlsWorld world;
  world.client.mtu = world.server.mtu = mtu;
  TwoEnds ends(world);
  REQUIRE(ends.connect());
  return ends.sent();
}

void connect_without(std::size_t mtu, const std::vector<std::size_t>& lost, Worst& worst) {
  DtlsWorld world;
  world.client.mtu = world.server.mtu = mtu;
  TwoEnds ends(world);
  ends.network = [&](const Passing& passing) {
    const bool is_lost = std::ranges::find(lost, passing.index) != lost.end();
    return is_lost ? std::vector<Duration>{} : std::vector{TwoEnds::kOneWay};
  };
  REQUIRE(ends.connect());
  worst.add(ends);
}

}  // namespace

TEST_CASE("a handshake survives the loss of each single datagram", "[dtls]") {
  for (const std::size_t mtu : {576u, 1280u}) {
    Worst worst;
    for (std::size_t i = 0; i < datagrams_of_a_handshake(mtu); ++i) {
      INFO("MTU " << mtu << ", lost " << i);
      connect_without(mtu, {i}, worst);
    }
    worst.print(mtu == 576 ? "one lost, MTU 576" : "one lost, MTU 1280");
    // Two round trips, and the first timeout.
    CHECK(worst.time <= 40ms + kFirstTimeoutMin);
  }
}

TEST_CASE("a handshake survives the loss of each pair of datagrams", "[dtls]") {
  for (const std::size_t mtu : {576u, 1280u}) {
    Worst worst;
    // The second one may be the repetition of the first.
    const std::size_t count = datagrams_of_a_handshake(mtu) * 2;
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = i + 1; j < count; ++j) {
        INFO("MTU " << mtu << ", lost " << i << " and " << j);
        connect_without(mtu, {i, j}, worst);
      }
    }
    worst.print(mtu == 576 ? "two lost, MTU 576" : "two lost, MTU 1280");
    // Two round trips, and the first two timeouts of one flight.
    CHECK(worst.time <= 40ms + 2 * kFirstTimeoutMin);
  }
}

TEST_CASE("a handshake that loses 30 % completes or fails in 30 s", "[dtls]") {
  constexpr std::uint64_t kSeeds = 300;
  Worst worst;
  std::size_t failed = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    DtlsWorld world;
    world.seed = seed;
    TwoEnds ends(world);
    sim::SeededRandom losses(seed + 1000);
    ends.network = [&](const Passing&) {
      return losses.below(10) < 3 ? std::vector<Duration>{} : std::vector{TwoEnds::kOneWay};
    };
    INFO("seed " << seed);
    if (ends.connect()) {
      worst.add(ends);
    } else {
      ++failed;
      // The end that is secured waits for data; the other one has failed.
      for (const DtlsEnd* end : {&ends.client, &ends.server}) {
        if (!end->secured && end->session->deadline() != kNever) FAIL("an end that waits for ever");
        if (end->failed) CHECK(end->failed->reason == FailureReason::timeout);
      }
    }
    CHECK(ends.elapsed() <= 2 * kHandshakeTimeMax);
  }
  worst.print("30 % lost");
  std::printf("30 %% lost: %zu of %llu failed\n", failed, static_cast<unsigned long long>(kSeeds));
  CHECK(failed == 0);
}

TEST_CASE("a handshake survives datagrams that are doubled and overtake each other", "[dtls]") {
  Worst worst;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    DtlsWorld world;
    world.seed = seed;
    world.client.mtu = world.server.mtu = 576;
    TwoEnds ends(world);
    sim::SeededRandom delays(seed + 1000);
    ends.network = [&](const Passing&) {
      const auto any = [&] { return Duration(1ms) * delays.below(40); };
      return delays.below(3) == 0 ? std::vector{any(), any()} : std::vector{any()};
    };
    INFO("seed " << seed);
    REQUIRE(ends.connect());
    worst.add(ends);
  }
  worst.print("doubled and disordered");
  CHECK(worst.time < 1s);
}

TEST_CASE("handshakes whose datagrams are damaged end cleanly", "[dtls]") {
  std::size_t secured = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    DtlsWorld world;
    world.seed = seed;
    TwoEnds ends(world);
    sim::SeededRandom random(seed + 1000);
    ends.start();
    // One bit of one datagram that is under way, beside the good one.
    for (int i = 0; i < 5; ++i) {
      DtlsEnd& from = random.below(2) == 0 ? ends.client : ends.server;
      DtlsEnd& to = &from == &ends.client ? ends.server : ends.client;
      if (!from.sent.empty()) {
        ByteVector damaged = from.sent.back();
        const std::uint32_t bit = random.below(static_cast<std::uint32_t>(damaged.size() * 8));
        damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ (1 << bit % 8));
        to.session->handle_datagram(ends.now, damaged);
        ends.collect(to);
      }
      ends.run(10ms);
    }
    ends.run();
    for (const DtlsEnd* end : {&ends.client, &ends.server}) {
      CHECK(end->session->deadline() == kNever);
    }
    if (ends.is_secured()) ++secured;
  }
  CHECK(secured > 0);
}
