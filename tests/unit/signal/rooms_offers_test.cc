// What members of a room offer, as the server tells it.
#include <catch2/catch_test_macros.hpp>

#include "floe/signal/limits.h"
#include "floe/signal/message_codec.h"
#include "rooms_world.h"
#include "string_makers.h"

namespace floe::signal::test {
namespace {

Joined read_joined(const std::vector<std::string>& heard) {
  REQUIRE_FALSE(heard.empty());
  REQUIRE(heard[0].size() <= kMessageSizeMax);
  const auto parsed = parse_room_message(heard[0]);
  REQUIRE(parsed);
  REQUIRE(std::holds_alternative<Joined>(parsed->message));
  return std::get<Joined>(parsed->message);
}

std::string offering(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "\"" : ",\"") + name + "\"";
  return R"(,"offers":[)" + text + "]";
}

TEST_CASE("members hear what the others offer", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device", offering({"echo", "log"}));
  world.join(2, "page");
  world.join(3, "clock", offering({"time"}));
  CHECK(world.heard(1)[2] ==
        R"({"type":"peer-joined","peer":{"id":"p3","name":"clock","offers":["time"]}})");
  const auto second = world.heard(2);
  CHECK(second[0].find(R"([{"id":"p1","name":"device","offers":["echo","log"]}])") !=
        std::string::npos);
  CHECK(second[1].ends_with(R"("offers":["time"]}})"));
  const auto peers = read_joined(world.heard(3)).peers;
  REQUIRE(peers.size() == 2);
  CHECK(peers[0].offers.has("log"));
  CHECK(peers[1].offers.empty());
}

TEST_CASE("a place that is taken again has the offers of the new join", "[signal][rooms]") {
  RoomsWorld world;
  world.join(1, "device", offering({"echo"}));
  world.join(2, "page");
  world.leave(1, LeaveReason::timeout);
  world.forget_all();
  world.join(3, "device", offering({"log"}));
  CHECK(world.heard(2).empty());
  world.join(4, "page");
  CHECK(read_joined(world.heard(4)).peers[0] == Peer{"p1", "device", Offers({"log"})});
}

TEST_CASE("long offers of some members keep nobody out of the room", "[signal][rooms]") {
  const std::string longest(kNameSizeMax, 'x');
  const std::vector<std::string> most(kOffersMax, longest);
  // With a space behind each, as long as is always told.
  const std::vector<std::string> sure(kOffersMax,
                                      std::string(kOffersSizeSure / kOffersMax - 1, 'y'));
  RoomsWorld world({.peers_per_room = kPeersListedMax + 1});
  for (int id = 1; id <= static_cast<int>(kPeersListedMax); ++id) {
    world.join(id, longest, offering(id % 2 == 0 ? most : sure));
  }
  world.join(100, longest);
  const auto peers = read_joined(world.heard(100)).peers;
  REQUIRE(peers.size() == kPeersListedMax);
  CHECK(peers[0].offers == Offers(sure));
  CHECK(peers[1].offers.empty());

  RoomsWorld all_sure({.peers_per_room = kPeersListedMax + 1});
  for (int id = 1; id <= static_cast<int>(kPeersListedMax); ++id) {
    all_sure.join(id, longest, offering(sure));
  }
  all_sure.join(100, longest);
  for (const Peer& peer : read_joined(all_sure.heard(100)).peers) {
    CHECK(peer.offers == Offers(sure));
  }
}

}  // namespace
}  // namespace floe::signal::test
