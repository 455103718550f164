// Which pairs are kept when there are more than the limit.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "floe/ice/limits.h"
#include "ice/check_lists.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using floe::testing::Lists;

namespace {

/// Lists with as many pairs as there may be, of two local candidates; later pairs are better.
struct FullLists : Lists {
  FullLists() {
    for (unsigned i = 0; i < kPairsMax / 2; ++i) {
      const std::string address = "198.51.100." + std::to_string(i + 1) + ":1";
      const auto remote_index = remote(address.c_str(), 1000 + i, "x");
      all.push_back(pair(first, remote_index));
      all.push_back(pair(second, remote_index));
    }
  }

  const LocalIndex first = local("192.0.2.1:1");
  const LocalIndex second = local("192.0.2.2:1");
  /// In the order in which they came.
  std::vector<PairIndex> all;
};

}  // namespace

TEST_CASE("beyond the limit the lowest pairs are dropped", "[ice]") {
  Lists lists;
  std::vector<LocalIndex> locals;
  for (int i = 1; i <= 3; ++i) {
    locals.push_back(lists.local(("192.0.2." + std::to_string(i) + ":1").c_str()));
  }
  std::size_t refused = 0;
  for (unsigned i = 0; i < 60; ++i) {
    const std::string address = "198.51.100." + std::to_string(i + 1) + ":1";
    const auto remote = lists.remote(address.c_str(), 1000 + i, "x");
    for (const LocalIndex local : locals) {
      refused += lists.pairs.add(local, remote, Role::controlling) ? 0u : 1u;
    }
  }
  // Each new pair is better than those before it, so none is refused.
  CHECK(refused == 0);
  CHECK(lists.pairs.all().size() == kPairsMax);
  std::uint32_t lowest = 0xffffffff;
  for (const CandidatePair& pair : lists.pairs.all()) {
    lowest = std::min(lowest, lists.remotes.at(pair.remote).priority);
  }
  CHECK(lowest == 1000 + 60 - (kPairsMax + 2) / 3);
  const auto worst = lists.remote("198.51.100.200:1", 1, "x");
  CHECK_FALSE(lists.pairs.add(locals[0], worst, Role::controlling));
}

TEST_CASE("a pair that is being checked or works is not dropped for a better one", "[ice]") {
  FullLists lists;
  lists.pairs.at(lists.all[0]).state = PairState::in_progress;
  lists.pairs.at(lists.all[1]).state = PairState::succeeded;
  lists.pairs.at(lists.all[1]).valid_local = lists.second;
  lists.pairs.trigger(lists.all[2]);
  const auto best = lists.remote("198.51.100.200:1", 9999, "x");
  const auto placed = lists.pairs.add(lists.first, best, Role::controlling);
  REQUIRE(placed);
  CHECK(*placed == lists.all[3]);
  CHECK(lists.pairs.all().size() == kPairsMax);
}

// Data of the peer may be under way on it.
TEST_CASE("a pair that was used and is not needed any more keeps its place longest", "[ice]") {
  FullLists lists;
  lists.pairs.at(lists.all[0]).heard = true;
  lists.pairs.remove(lists.all[0], PairFailure::not_needed);
  lists.pairs.remove(lists.all[1], PairFailure::not_needed);
  const auto first = lists.remote("198.51.100.200:1", 5000, "x");
  const auto second = lists.remote("198.51.100.201:1", 5001, "x");
  CHECK(lists.pairs.add(lists.first, first, Role::controlling) == lists.all[1]);
  CHECK(lists.pairs.add(lists.first, second, Role::controlling) == lists.all[2]);
  CHECK(lists.pairs.at(lists.all[0]).heard);
}

TEST_CASE("a pair that was heard takes the place of one that was not, however low it is", "[ice]") {
  FullLists lists;
  const auto low = lists.remote("198.51.100.200:1", 1, "x");
  CHECK_FALSE(lists.pairs.add(lists.first, low, Role::controlling));
  const auto placed = lists.pairs.add_heard(lists.first, low, Role::controlling);
  REQUIRE(placed);
  CHECK(placed->value() == 0);
  CHECK(lists.pairs.at(*placed).heard);
  // And keeps it against any that was not.
  const auto high = lists.remote("198.51.100.201:1", 9999, "x");
  const auto other = lists.pairs.add(lists.first, high, Role::controlling);
  REQUIRE(other);
  CHECK(other->value() == 1);
}

TEST_CASE("a pair that was heard finds room also while all others are being checked", "[ice]") {
  FullLists lists;
  for (const PairIndex pair : lists.all) lists.pairs.begin_check(pair);
  lists.pairs.at(PairIndex(0)).heard = true;
  const auto high = lists.remote("198.51.100.200:1", 9999, "x");
  CHECK_FALSE(lists.pairs.add(lists.first, high, Role::controlling));
  const auto placed = lists.pairs.add_heard(lists.first, high, Role::controlling);
  REQUIRE(placed);
  CHECK(placed->value() == 1);
}

// World 55000009217: the peer went on sending on a pair that had been left a second before.
TEST_CASE("a pair that was heard rather takes the place of one under check than of one just left",
          "[ice]") {
  FullLists lists;
  for (const PairIndex pair : lists.all) lists.pairs.begin_check(pair);
  lists.pairs.at(lists.all[0]).heard = true;
  lists.pairs.remove(lists.all[0], PairFailure::not_needed);
  const auto high = lists.remote("198.51.100.200:1", 9999, "x");
  CHECK(lists.pairs.add_heard(lists.first, high, Role::controlling) == lists.all[1]);
}

// RFC 8445, section 6.1.2.5, with the deviation of CheckList: twenty bridges on each side must not
// crowd out what works.
TEST_CASE("a full list keeps pairs of each kind", "[ice]") {
  Lists lists;
  std::vector<LocalIndex> bridges;
  for (int i = 1; i <= 20; ++i) {
    bridges.push_back(lists.local(("172.17." + std::to_string(i) + ".1:1").c_str()));
  }
  const LocalSocket socket{1, *TransportAddress::parse("172.17.1.1:1"), 65535};
  const auto relay_at = [&](const char* address) {
    const TransportAddress relayed = *TransportAddress::parse(address);
    return lists.locals.add_relayed(socket, relayed, relayed, {}).value();
  };
  const auto first_relay = relay_at("203.0.113.1:50000");
  const auto second_relay = relay_at("203.0.113.2:50000");
  std::vector<RemoteIndex> remotes;
  for (unsigned i = 1; i <= 20; ++i) {
    remotes.push_back(lists.remote(("172.18." + std::to_string(i) + ".1:1").c_str(), 9000 - i));
  }
  Candidate relayed;
  relayed.type = CandidateType::relayed;
  relayed.priority = 1;
  relayed.foundation = *Foundation::parse("r");
  relayed.address = relayed.base = *TransportAddress::parse("203.0.113.9:60000");
  const RemoteIndex theirs = lists.remotes.add_signalled(relayed).index;
  for (const LocalIndex bridge : bridges) {
    for (const RemoteIndex remote : remotes) lists.pairs.add(bridge, remote, Role::controlling);
  }
  REQUIRE(lists.pairs.all().size() == kPairsMax);
  for (const LocalIndex local : {first_relay, second_relay}) {
    for (const RemoteIndex remote : remotes) lists.pairs.add(local, remote, Role::controlling);
    CHECK(lists.pairs.add(local, theirs, Role::controlling));
  }
  for (const LocalIndex bridge : bridges) lists.pairs.add(bridge, theirs, Role::controlling);
  CHECK(lists.pairs.all().size() == kPairsMax);
  const auto count = [&](auto&& is_meant) {
    std::size_t found = 0;
    for (const CandidatePair& pair : lists.pairs.all()) found += is_meant(pair) ? 1u : 0u;
    return found;
  };
  const auto is_on = [](LocalIndex local) {
    return [local](const CandidatePair& pair) { return pair.local == local; };
  };
  CHECK(count(is_on(first_relay)) >= 20);
  CHECK(count(is_on(second_relay)) >= 20);
  CHECK(count([&](const CandidatePair& pair) { return pair.remote == theirs; }) >= 18);
  // And it still has the best of the crowd.
  CHECK(lists.pairs.find(bridges[0], remotes[0]));
}

TEST_CASE("the limit of pairs can be set", "[ice]") {
  Lists lists;
  CheckList few(lists.locals, lists.remotes, 2);
  const auto local = lists.local("192.0.2.1:1");
  const auto low = lists.remote("198.51.100.1:1", 100, "a");
  const auto middle = lists.remote("198.51.100.2:1", 200, "b");
  const auto high = lists.remote("198.51.100.3:1", 300, "c");
  CHECK(few.add(local, middle, Role::controlling));
  CHECK(few.add(local, low, Role::controlling));
  CHECK(few.add(local, high, Role::controlling));
  CHECK(few.all().size() == 2);
  CHECK_FALSE(few.find(local, low));
}
