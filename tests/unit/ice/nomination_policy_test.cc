#include "nomination_policy.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/sim/seeded_random.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;

namespace {

constexpr Timestamp kStart{1h};
constexpr Duration kPatience = 100ms;

/// Three pairs of one component, best first, none checked yet.
struct ThreePairs {
  ThreePairs() {
    const auto local = locals.add_host({1, *TransportAddress::parse("192.0.2.1:1")}).value();
    for (std::uint16_t i = 0; i < 3; ++i) {
      Candidate candidate;
      candidate.priority = 300u - i;
      candidate.foundation = *Foundation::parse(std::to_string(i + 1));
      candidate.address = {IpAddress::v4(198, 51, 100, 1), static_cast<std::uint16_t>(i + 1)};
      const auto remote = remotes.add_signalled(candidate).index;
      index[i] = pairs.add(local, remote, Role::controlling).value();
    }
  }
  void succeed(std::size_t i) {
    pairs.at(index[i]).state = PairState::succeeded;
    pairs.at(index[i]).valid_local = pairs.at(index[i]).local;
  }
  std::optional<PairIndex> choose(Timestamp now) {
    return nomination.choose(now, 1, pairs, nullptr);
  }
  Timestamp deadline() const { return nomination.deadline(1, pairs, nullptr); }

  LocalCandidates locals;
  RemoteCandidates remotes;
  CheckList pairs{locals, remotes};
  std::array<PairIndex, 3> index;
  AgentConfig config = [] {
    AgentConfig with_patience;
    with_patience.nomination_patience = kPatience;
    return with_patience;
  }();
  NominationPolicy nomination{config};
};

}  // namespace

TEST_CASE("nothing is nominated before something works", "[ice]") {
  ThreePairs three;
  CHECK_FALSE(three.choose(kStart));
  CHECK_FALSE(three.choose(kStart + 1h));
  CHECK(three.deadline() == kNever);
}

TEST_CASE("the best pair of all is nominated at once", "[ice]") {
  ThreePairs three;
  three.succeed(0);
  CHECK(three.choose(kStart) == three.index[0]);
}

TEST_CASE("a pair that works waits for better ones, but not for ever", "[ice]") {
  ThreePairs three;
  three.succeed(1);
  CHECK_FALSE(three.choose(kStart));
  CHECK(three.deadline() == kStart + kPatience);
  CHECK_FALSE(three.choose(kStart + kPatience - Duration(1)));
  CHECK(three.choose(kStart + kPatience) == three.index[1]);
}

TEST_CASE("the patience is not renewed by every pair that works", "[ice]") {
  ThreePairs three;
  three.succeed(2);
  CHECK_FALSE(three.choose(kStart));
  three.succeed(1);
  CHECK_FALSE(three.choose(kStart + 90ms));
  CHECK(three.deadline() == kStart + kPatience);
  CHECK(three.choose(kStart + kPatience) == three.index[1]);
}

TEST_CASE("there is nothing to wait for when the better ones have failed", "[ice]") {
  ThreePairs three;
  three.pairs.at(three.index[0]).state = PairState::failed;
  three.succeed(1);
  CHECK(three.choose(kStart) == three.index[1]);
  CHECK(three.deadline() == kNever);
}

TEST_CASE("worse pairs are not waited for", "[ice]") {
  ThreePairs three;
  three.pairs.at(three.index[0]).state = PairState::removed;
  three.succeed(1);
  CHECK(three.pairs.at(three.index[2]).is_pending());
  CHECK(three.choose(kStart) == three.index[1]);
}

TEST_CASE("a frozen pair that is better is waited for, too", "[ice]") {
  ThreePairs three;
  three.pairs.at(three.index[0]).state = PairState::frozen;
  three.succeed(1);
  CHECK_FALSE(three.choose(kStart));
}

TEST_CASE("there is one nomination at a time", "[ice]") {
  ThreePairs three;
  three.succeed(0);
  three.succeed(1);
  SECTION("while one is on its way") {
    three.pairs.at(three.index[1]).nomination.begin(1);
  }
  SECTION("after one succeeded") {
    sim::SeededRandom random(1);
    const Consent consent(Consent::Mode::active, kStart, kStart, random);
    const SelectedPath selected{1, three.index[1], consent, Liveness(kStart, kStart), kStart};
    CHECK_FALSE(three.nomination.choose(kStart + 1s, 1, three.pairs, &selected));
    CHECK(three.nomination.deadline(1, three.pairs, &selected) == kNever);
    return;
  }
  CHECK_FALSE(three.choose(kStart + 1h));
  CHECK(three.deadline() == kNever);
}

TEST_CASE("components are nominated apart", "[ice]") {
  ThreePairs three;
  three.succeed(0);
  CHECK_FALSE(three.nomination.choose(kStart, 2, three.pairs, nullptr));
  CHECK(three.choose(kStart) == three.index[0]);
}
