// The states of an agent: random walks over its inputs, in which each change of state must be one
// of the edges below, and each edge must be walked.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <random>
#include <set>
#include <string>

#include "floe/ice/explanation.h"
#include "ice/hand_driven_agent.h"
#include "ice/string_makers.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

using Edge = std::pair<State, State>;

const std::set<Edge> kEdges = {
    {State::fresh, State::checking},          // the first pair
    {State::checking, State::connected},      // each component has a selected pair
    {State::checking, State::failed},         // nothing is left to try
    {State::checking, State::fresh},          // a restart
    {State::connected, State::completed},     // nothing better can come
    {State::connected, State::disconnected},  // silence, or the socket is gone
    {State::connected, State::checking},      // after a restart the pairs of before are gone
    {State::completed, State::connected},     // a restart, or checks of other pairs
    {State::completed, State::disconnected},
    {State::disconnected, State::connected},  // an answer
    {State::disconnected, State::completed},
    {State::disconnected, State::checking},  // a new address of either side
    {State::disconnected, State::failed},    // silence for 30 s
    {State::disconnected, State::fresh},     // a restart without a path
    {State::failed, State::checking},        // a candidate came after all
    {State::failed, State::fresh},           // a restart
};

class Walk {
 public:
  explicit Walk(unsigned seed) : random_(seed) {}

  std::set<Edge> run() {
    begin();
    for (int step = 0; step < 60; ++step) {
      input();
      judge();
    }
    return seen_;
  }

 private:
  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

  void begin() {
    driven_.add_socket(socket(), 65535);
    if (below(2) == 0) driven_.agent().end_of_local_sockets(driven_.now());
    describe();
  }

  void describe() {
    REQUIRE(driven_.describe_peer());
    (void)driven_.add_peer_candidate(peer());
    if (below(2) == 0) end_of_candidates();
  }

  TransportAddress socket() const {
    return {IpAddress::v4(192, 0, 2, 1), static_cast<std::uint16_t>(1000 + sockets_)};
  }
  TransportAddress peer() {
    return {IpAddress::v4(198, 51, 100, 2), static_cast<std::uint16_t>(2000 + peers_++)};
  }
  void end_of_candidates() {
    driven_.agent().end_of_remote_candidates(driven_.now());
    driven_.drain();
  }

  void input() {
    switch (below(10)) {
      case 0:
      case 1:
      case 2:
        return answer_for(Duration(50ms) * (1 + below(40)));
      case 3:
      case 4:
        return driven_.run_for(Duration(1s) * (1 + below(12)));
      case 5:
        (void)driven_.add_peer_candidate(peer());
        return;
      case 6:
        return end_of_candidates();
      case 7:
        return change_socket();
      case 8:
        return driven_.run_for(40s);
      default:
        if (below(3) == 0) restart();
    }
  }

  void answer_for(Duration duration) {
    const Timestamp end = driven_.now() + duration;
    while (driven_.now() < end) {
      driven_.run_for(50ms);
      driven_.answer_everything();
    }
  }

  void change_socket() {
    driven_.agent().remove_local_socket(driven_.now(), socket());
    driven_.drain();
    if (below(2) == 0) judge();
    if (below(4) == 0) restart();
    ++sockets_;
    driven_.add_socket(socket(), 65535);
  }

  void restart() {
    driven_.agent().restart(driven_.now());
    driven_.drain();
    judge();
    describe();
  }

  void judge() {
    for (const auto& event : driven_.take_events_of<StateChanged>()) {
      const Edge edge{state_, event.state};
      CAPTURE(std::string(to_text(edge.first)), std::string(to_text(edge.second)));
      CHECK(kEdges.contains(edge));
      seen_.insert(edge);
      state_ = event.state;
    }
    const Agent& agent = driven_.agent();
    REQUIRE(agent.state() == state_);
    const bool has_path = agent.selected_pair(1).has_value();
    if (state_ == State::connected || state_ == State::completed) CHECK(has_path);
    if (state_ == State::checking || state_ == State::failed) CHECK_FALSE(has_path);
    const bool is_asked = state_ == State::disconnected || state_ == State::failed;
    CHECK(explain(agent, state_).empty() != is_asked);
    driven_.take_events();
  }

  std::mt19937 random_;
  HandDrivenAgent driven_;
  State state_ = State::fresh;
  unsigned sockets_ = 0;
  unsigned peers_ = 0;
  std::set<Edge> seen_;
};

}  // namespace

TEST_CASE("an agent changes its state along known edges, and along each of them", "[ice][agent]") {
  std::set<Edge> seen;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    seen.merge(Walk(seed).run());
  }
  for (const Edge& edge : kEdges) {
    CAPTURE(std::string(to_text(edge.first)), std::string(to_text(edge.second)));
    CHECK(seen.contains(edge));
  }
}
