// The checkers of encrypted connections notice what they are there for.
#include <catch2/catch_test_macros.hpp>

#include "encryption.h"
#include "peer.h"

using namespace floe;
using namespace floe::sim;

namespace {

using Found = std::vector<std::string>;

/// Two ends, and a checker of the left one that is told what did not happen.
struct Checked {
  explicit Checked(bool encrypts)
      : left(world, world.add_host("left", {IpAddress::v4(192, 0, 2, 1)}),
             options_of(ice::Role::controlling, encrypts)),
        right(world, world.add_host("right", {IpAddress::v4(192, 0, 2, 2)}),
              options_of(ice::Role::controlled, encrypts)),
        checker(world, left.host()) {}

  static PeerOptions options_of(ice::Role role, bool encrypts) {
    PeerOptions options;
    options.agent.role = role;
    if (encrypts) options.security = encryption_of(role);
    return options;
  }
  /// The left end answers, so it is the client.
  bool connect() {
    left.gather();
    right.gather();
    right.signal_to(left, 10ms);
    world.run_for(20ms);
    left.signal_to(right, 10ms);
    return world.run_until([&] { return left.connected() && right.connected(); }, 5s);
  }

  World world{1};
  Peer left;
  Peer right;
  SecurityChecker checker;
};

}  // namespace

TEST_CASE("checkers notice a datagram in the clear", "[sim]") {
  Checked checked(false);
  REQUIRE(checked.connect());
  CHECK(checked.left.send("readable"));
  CHECK(checked.checker.take_violations() == Found{"left sent a datagram in the clear"});
}

TEST_CASE("checkers notice data and states before a handshake is through", "[sim]") {
  Checked checked(true);
  checked.checker.note_event(ice::DataReceived{1, as_bytes("early"), 0});
  checked.checker.note_event(ice::StateChanged{ice::State::connected});
  CHECK(checked.checker.take_violations() ==
        Found{"left was given data before the handshake was through",
              "left is called connected before the handshake was through"});
}

TEST_CASE("checkers notice a second handshake", "[sim]") {
  Checked checked(true);
  checked.checker.note_secured({});
  checked.checker.note_event(ice::StateChanged{ice::State::connected});
  REQUIRE(checked.connect());
  CHECK(checked.checker.take_violations() == Found{"left began another handshake"});
}
