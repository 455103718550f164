// Two agents whose datagrams are lost, delayed and overtake each other by chance, as they please:
// once the network is good again they agree.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>

#include "ice/kinds_of_agents.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

constexpr int kRounds = 3;

TransportAddress at(const char* text) {
  return *TransportAddress::parse(text);
}

struct BadNetwork {
  explicit BadNetwork(std::uint64_t seed) : random(seed), loss_percent(random.below(60)) {}

  void spoil(TwoAgents& two) {
    two.loses = [&, end = two.now + 3s](const TwoAgents::Passing&) {
      return two.now < end && random.below(100) < loss_percent;
    };
    two.jitter = [this] { return Duration(random.below(80'000)); };
  }

  Duration up_to(Duration limit) {
    return Duration(random.below(static_cast<std::uint32_t>(limit.count())));
  }

  sim::SeededRandom random;
  std::uint32_t loss_percent;
};

template <class Story>
void for_all_kinds(Story&& story) {
  const std::vector<TransportAddress> left_sockets = {at("192.0.2.1:1000"), at("192.0.2.2:1000"),
                                                      at("[2001:db8::1]:1000")};
  const std::vector<TransportAddress> right_sockets = {at("[2001:db8::2]:2000"),
                                                       at("198.51.100.1:2000")};
  std::uint64_t seed = Catch::getSeed() * std::uint64_t{1'000'000};
  for (int round = 0; round < kRounds; ++round) {
    for (const KindOfAgent& left : all_kinds_of_agents()) {
      for (const KindOfAgent& right : all_kinds_of_agents()) {
        if (!can_agree(left, right)) continue;
        CAPTURE(name_of(left), name_of(right), ++seed);
        BadNetwork network(seed);
        TwoAgents two(end_of(left, left_sockets), end_of(right, right_sockets));
        story(two, network);
      }
    }
  }
}

void check_agreement(const TwoAgents& two) {
  CHECK(two.left.is_connected());
  CHECK(two.right.is_connected());
  CHECK(two.agree());
}

}  // namespace

TEST_CASE("agents of every kind agree after a bad beginning", "[ice][agent]") {
  for_all_kinds([](TwoAgents& two, BadNetwork& network) {
    network.spoil(two);
    two.start(network.up_to(500ms));
    two.run_for(15s);
    check_agreement(two);
    two.run_for(45s);
    check_agreement(two);
  });
}

TEST_CASE("agents that restart at any moment agree", "[ice][agent]") {
  for_all_kinds([](TwoAgents& two, BadNetwork& network) {
    network.spoil(two);
    two.start(network.up_to(500ms));
    for (std::uint32_t restarts = network.random.below(4); restarts > 0; --restarts) {
      two.run_for(network.up_to(3s));
      two.restart(network.up_to(500ms));
    }
    two.run_for(15s);
    check_agreement(two);
    // The old generations are gone, and all paths are of the new ones.
    CHECK(two.left.agent.selected_pair_index(1));
    CHECK(two.right.agent.selected_pair_index(1));
  });
}

TEST_CASE("agents whose hosts sleep at any moment agree when they are awake", "[ice][agent]") {
  for_all_kinds([](TwoAgents& two, BadNetwork& network) {
    two.start(network.up_to(100ms));
    two.run_for(network.up_to(1s));
    two.now += network.up_to(20s);
    two.run_for(15s);
    check_agreement(two);
  });
}
