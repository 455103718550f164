// Pairs of one candidate that are added together become what they would be one by one.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "floe/sim/seeded_random.h"
#include "ice/string_makers.h"
#include "pair_intake.h"

using namespace floe;
using namespace floe::ice;
using sim::SeededRandom;

namespace {

/// Two lists of the same candidates. Their pairs are added together in one, one by one in the
/// other.
struct Twins {
  explicit Twins(std::uint64_t seed) : random(seed) {}

  std::uint32_t below(std::uint32_t bound) { return random.below(bound); }

  void add_local() {
    const auto preference = static_cast<std::uint16_t>(65000 + below(8));
    const TransportAddress address{IpAddress::v4(10, 0, 0, 1), ++port};
    const auto index = below(4) == 0
                           ? locals.add_relayed({1, address, preference}, address, address,
                                                {{IpAddress::v4(192, 0, 2, 1), 1}})
                           : locals.add_host({1, address, preference});
    PairIntake intake(together, *index);
    for (const RemoteIndex remote : remotes.indices()) add(intake, *index, remote);
  }

  void add_remote() {
    Candidate candidate;
    candidate.type = below(4) == 0 ? CandidateType::relayed : CandidateType::host;
    candidate.priority = 1000 + below(6);
    candidate.foundation = *Foundation::parse(std::to_string(below(5)));
    const auto last = static_cast<std::uint8_t>(1 + below(3));
    candidate.address = candidate.base = {IpAddress::v4(10, 0, 1, last), ++port};
    add_pairs_of(remotes.add_signalled(candidate).index);
  }

  void add_known_remote() {
    const auto count = static_cast<std::uint32_t>(remotes.all().size());
    if (count > 0) add_pairs_of(RemoteIndex(static_cast<std::uint16_t>(below(count))));
  }

  void add_pairs_of(RemoteIndex remote) {
    PairIntake intake(together, remote);
    for (const LocalIndex local : locals.indices()) add(intake, local, remote);
  }

  void add(PairIntake& intake, LocalIndex local, RemoteIndex remote) {
    const auto place = together.add(intake, local, remote, Role::controlling);
    CHECK(place == one_by_one.add(local, remote, Role::controlling));
  }

  /// Something happens to a pair between two candidates.
  void change_a_pair() {
    if (together.all().empty()) return;
    const PairIndex index(static_cast<std::uint16_t>(below(20) % together.all().size()));
    const auto what = below(4);
    for (CheckList* list : {&together, &one_by_one}) {
      if (what == 0) list->begin_check(index);
      if (what == 1) list->fail(index, PairFailure::timed_out);
      if (what == 2) list->remove(index, PairFailure::candidate_removed);
      if (what == 3) list->at(index).heard = true;
    }
  }

  bool has_twice(PairIndex index) const {
    const CandidatePair& pair = together.at(index);
    return together.find(pair.local, pair.remote) != index;
  }

  bool are_equal() const {
    const auto is_same = [](const CandidatePair& a, const CandidatePair& b) {
      return a.local == b.local && a.remote == b.remote && a.state == b.state &&
             a.priority == b.priority && a.heard == b.heard;
    };
    return std::ranges::equal(together.all(), one_by_one.all(), is_same);
  }

  SeededRandom random;
  std::uint16_t port = 1000;
  LocalCandidates locals;
  RemoteCandidates remotes;
  CheckList together{locals, remotes, 20};
  CheckList one_by_one{locals, remotes, 20};
};

}  // namespace

TEST_CASE("pairs that are added together are the same as one by one", "[ice]") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    CAPTURE(seed);
    Twins twins(seed);
    for (int step = 0; step < 60; ++step) {
      switch (twins.below(4)) {
        case 0:
          twins.add_local();
          break;
        case 1:
          twins.change_a_pair();
          break;
        case 2:
          twins.add_known_remote();
          break;
        default:
          twins.add_remote();
      }
      REQUIRE(twins.are_equal());
      for (const PairIndex index : twins.together.indices()) REQUIRE(!twins.has_twice(index));
    }
  }
}
