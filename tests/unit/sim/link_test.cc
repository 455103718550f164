// What links do to datagrams.
#include <catch2/catch_test_macros.hpp>

#include "sim/postbox.h"

using namespace floe;
using namespace floe::sim;

namespace {

constexpr IpAddress kLeft = IpAddress::v4(192, 0, 2, 1);
constexpr IpAddress kRight = IpAddress::v4(192, 0, 2, 2);

struct Line {
  explicit Line(const Link& link, std::uint64_t seed = 1)
      : world(seed),
        left(world, world.add_host("left", {kLeft}, {.delay = 0ms}), kLeft),
        right_host(world.add_host("right", {kRight}, link)),
        right(world, right_host, kRight) {}

  void send(int count, Duration gap = 0ms) {
    for (int i = 0; i < count; ++i) {
      left.send(right.local(), std::to_string(i));
      world.run_for(gap);
    }
    world.run_for(1s);
  }

  World world;
  Postbox left;
  SimHost& right_host;
  Postbox right;
};

int times_overtaken(const Postbox& box) {
  int count = 0;
  int highest = -1;
  for (const Postbox::Letter& letter : box.letters()) {
    const int number = std::stoi(letter.text);
    if (number < highest) ++count;
    highest = std::max(highest, number);
  }
  return count;
}

}  // namespace

TEST_CASE("a link delays by what it says", "[sim]") {
  Line line({.delay = 30ms});
  const Timestamp sent = line.world.now();
  line.send(1);
  REQUIRE(line.right.letters().size() == 1);
  CHECK(line.right.letters()[0].at - sent == 30ms);
}

TEST_CASE("a link loses the share that it says", "[sim]") {
  Line line({.loss_ppm = 200'000});
  line.send(10'000);
  CHECK(line.right.letters().size() > 7'800);
  CHECK(line.right.letters().size() < 8'200);
  CHECK(line.world.trace().counters().lost == 10'000 - line.right.letters().size());
}

TEST_CASE("a link duplicates the share that it says", "[sim]") {
  Line line({.duplicate_ppm = 100'000});
  line.send(10'000);
  CHECK(line.right.letters().size() > 10'800);
  CHECK(line.right.letters().size() < 11'200);
  CHECK(line.world.trace().counters().duplicated == line.right.letters().size() - 10'000);
}

TEST_CASE("without jitter datagrams keep their order", "[sim]") {
  Line line({.delay = 10ms});
  line.send(100);
  CHECK(line.right.letters().size() == 100);
  CHECK(times_overtaken(line.right) == 0);
}

TEST_CASE("jitter delays by up to what it says, and lets datagrams overtake", "[sim]") {
  Line line({.delay = 10ms, .jitter = 20ms});
  const Timestamp sent = line.world.now();
  line.send(1000);
  CHECK(times_overtaken(line.right) > 100);
  for (const Postbox::Letter& letter : line.right.letters()) {
    CHECK(letter.at - sent >= 10ms);
    CHECK(letter.at - sent <= 30ms);
  }
}

TEST_CASE("a link that reorders holds up the share that it says", "[sim]") {
  Line line({.reorder_ppm = 100'000, .reorder_delay = 20ms});
  line.send(1000, 1ms);
  CHECK(line.right.letters().size() == 1000);
  CHECK(times_overtaken(line.right) > 60);
  CHECK(times_overtaken(line.right) < 140);
}

TEST_CASE("what is longer than the MTU vanishes, headers counted", "[sim]") {
  Line line({.mtu = 1500});
  line.left.send(line.right.local(), std::string(1472, 'x'));
  line.left.send(line.right.local(), std::string(1473, 'x'));
  line.world.run_for(1s);
  REQUIRE(line.right.letters().size() == 1);
  CHECK(line.right.letters()[0].text.size() == 1472);
}

TEST_CASE("an empty datagram and the longest arrive; a longer one is refused", "[sim]") {
  Line line({});
  CHECK(line.left.send(line.right.local(), "") == SendStatus::sent);
  CHECK(line.left.send(line.right.local(), std::string(kMaxDatagramSize, 'x')) == SendStatus::sent);
  CHECK(line.left.send(line.right.local(), std::string(kMaxDatagramSize + 1, 'x')) ==
        SendStatus::too_large);
  line.world.run_for(1s);
  REQUIRE(line.right.letters().size() == 2);
  CHECK(line.right.letters()[1].text.size() == kMaxDatagramSize);
}

TEST_CASE("a link that is down loses everything, both ways", "[sim]") {
  Line line({});
  line.right_host.link().is_up = false;
  CHECK_FALSE(line.left.seen_by(line.right));
  CHECK_FALSE(line.right.seen_by(line.left));
  line.right_host.link().is_up = true;
  CHECK(line.left.seen_by(line.right));
}
