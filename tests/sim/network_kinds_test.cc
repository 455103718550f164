// Two agents in every kind of network, with the addresses of their interfaces as their only
// candidates: what must connect does, and what cannot says so.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "floe/sim/site.h"
#include "peer.h"

using namespace floe;
using namespace floe::sim;

namespace {

struct Meeting {
  Meeting(World& the_world, SimHost& left_host, SimHost& right_host)
      : world(the_world),
        left(world, left_host, as(ice::Role::controlling)),
        right(world, right_host, as(ice::Role::controlled)) {}

  static PeerOptions as(ice::Role role) {
    PeerOptions options;
    options.agent.role = role;
    return options;
  }

  bool connects(Duration limit = 5s) {
    start(left, right);
    return world.run_until([&] { return left.connected() && right.connected(); }, limit);
  }

  bool exchanges_data() {
    if (!left.send("ping") || !right.send("pong")) return false;
    return world.run_until([&] { return !left.received().empty() && !right.received().empty(); },
                           1s);
  }

  World& world;
  Peer left;
  Peer right;
};

/// A private address reaches an open host, who answers to where it came from; otherwise both must
/// have public addresses.
bool can_meet(const NetworkKind& left, const NetworkKind& right, IpVersions versions) {
  if (left.blocks_udp() || right.blocks_udp()) return false;
  if (versions != IpVersions::v4) return true;
  return left.is_open() || right.is_open() || (left.has_public_ipv4() && right.has_public_ipv4());
}

}  // namespace

TEST_CASE("there are twelve kinds of networks, each with a name and a reason", "[sim]") {
  std::set<std::string_view> names;
  for (const NetworkKind& kind : network_kinds()) {
    names.insert(kind.name);
    CHECK(kind.why.size() > 20);
  }
  CHECK(names.size() == kNetworkKindCount);
}

TEST_CASE("a kind of network is found by its name, or by one word for it", "[sim]") {
  for (const NetworkKind& kind : network_kinds()) {
    CAPTURE(kind.name);
    const std::string word = word_of(kind);
    CHECK(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos);
    CHECK(find_network_kind(kind.name) == &kind);
    CHECK(find_network_kind(word) == &kind);
  }
  CHECK(word_of(network_kind("full cone, hairpin")) == "full-cone-hairpin");
  CHECK(find_network_kind("  Udp--BLOCKED ") == &network_kind("UDP blocked"));
  for (const char* text : {"", "-", "cone", "open-", "symmetric2", "\xff"}) {
    CAPTURE(text);
    CHECK((find_network_kind(text) == nullptr) == (std::string_view(text) != "open-"));
  }
}

TEST_CASE("two agents at one site connect, whatever stands before it", "[ice][sim]") {
  for (const NetworkKind& kind : network_kinds()) {
    for (const IpVersions versions : {IpVersions::v4, IpVersions::v6, IpVersions::both}) {
      CAPTURE(kind.name, to_text(versions));
      World world(Catch::getSeed());
      Site site(world, kind, versions, 1);
      Meeting meeting(world, site.add_host("left"), site.add_host("right"));
      CHECK(meeting.connects());
      CHECK(meeting.exchanges_data());
    }
  }
}

TEST_CASE("agents at two sites connect with host candidates alone where that can work",
          "[ice][sim]") {
  for (const NetworkKind& left : network_kinds()) {
    for (const NetworkKind& right : network_kinds()) {
      for (const IpVersions versions : {IpVersions::v4, IpVersions::v6, IpVersions::both}) {
        CAPTURE(left.name, right.name, to_text(versions));
        World world(Catch::getSeed());
        Site left_site(world, left, versions, 1);
        Site right_site(world, right, versions, 2);
        Meeting meeting(world, left_site.add_host("left"), right_site.add_host("right"));
        const bool expected = can_meet(left, right, versions);
        CHECK(meeting.connects(expected ? Duration(5s) : Duration(60s)) == expected);
        if (expected) {
          CHECK(meeting.exchanges_data());
        } else {
          CHECK(meeting.left.agent().state() == ice::State::failed);
        }
      }
    }
  }
}

TEST_CASE("a phone without IPv4 reaches an IPv4 host under its NAT64 address", "[sim]") {
  World world(Catch::getSeed());
  Site phone_site(world, network_kind("mobile"), IpVersions::v6, 1);
  SimHost& phone = phone_site.add_host("phone");
  REQUIRE(phone_site.nat64() != nullptr);
  CHECK(phone_site.nat64()->prefix().embed(IpAddress::v4(192, 0, 2, 33)) ==
        *IpAddress::parse("64:ff9b::192.0.2.33"));
  CHECK(phone.has_address(*IpAddress::parse("2001:db8:1::a")));
}
