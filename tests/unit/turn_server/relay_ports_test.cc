#include "floe/turn_server/relay_ports.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "floe/sim/seeded_random.h"

using namespace floe;
using namespace floe::turn;

namespace {

constexpr Timestamp kNow{1h};

}  // namespace

TEST_CASE("each port of a range is given once", "[turn][server]") {
  sim::SeededRandom random(1);
  RelayPorts ports({50000, 50063}, random);
  std::set<std::uint16_t> given;
  for (int i = 0; i < 64; ++i) given.insert(*ports.take(kNow));
  CHECK(given.size() == 64);
  CHECK(*given.begin() == 50000);
  CHECK(*given.rbegin() == 50063);
  CHECK_FALSE(ports.take(kNow));
  CHECK(ports.taken() == 64);
}

TEST_CASE("ports are spread over their range", "[turn][server]") {
  sim::SeededRandom random(1);
  int counts[8] = {};
  for (int i = 0; i < 8000; ++i) {
    RelayPorts ports({49152, 65535}, random);
    ++counts[(*ports.take(kNow) - 49152) / 2048];
  }
  // Chi-square with 7 degrees of freedom: 24.3 is exceeded once in 1000 times.
  int sum = 0;
  for (const int count : counts) sum += (count - 1000) * (count - 1000);
  CHECK(sum < 24'300);
}

TEST_CASE("a port rests for a minute, unless there is no other", "[turn][server]") {
  sim::SeededRandom random(GENERATE(std::uint64_t{1}, 2u, 3u, 4u, 5u, 6u, 7u, 8u));
  RelayPorts ports({50000, 50001}, random);
  const std::uint16_t first = *ports.take(kNow);
  ports.give_back(kNow, first);
  const std::uint16_t second = *ports.take(kNow);
  CHECK(second != first);
  CHECK(*ports.take(kNow) == first);
  ports.give_back(kNow, first);
  ports.give_back(kNow, second);
  CHECK(ports.take(kNow + 61s));
  CHECK(ports.take(kNow + 61s));
  CHECK(ports.taken() == 2);
}

TEST_CASE("a pair is an even port and the next one", "[turn][server]") {
  sim::SeededRandom random(1);
  RelayPorts ports({50001, 50006}, random);
  std::set<std::uint16_t> even;
  even.insert(*ports.take_pair(kNow));
  even.insert(*ports.take_pair(kNow));
  CHECK(even == std::set<std::uint16_t>{50002, 50004});
  CHECK_FALSE(ports.take_pair(kNow));
  CHECK(*ports.take_even(kNow) == 50006);
  CHECK_FALSE(ports.take_even(kNow));
  CHECK(*ports.take(kNow) == 50001);
}
