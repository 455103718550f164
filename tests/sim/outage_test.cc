// How long a call is silent when one of its ends moves: who moves, in which role, against which
// kind of peer, and how.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>

#include "call.h"
#include "floe/sim/site.h"

using namespace floe;
using namespace floe::sim;

namespace {

enum class PeerKind : std::uint8_t { full, lite, no_renomination, no_trickle };
constexpr std::array kPeerKinds = {PeerKind::full, PeerKind::lite, PeerKind::no_renomination,
                                   PeerKind::no_trickle};

std::string_view to_text(PeerKind kind) {
  switch (kind) {
    case PeerKind::full:
      return "full";
    case PeerKind::lite:
      return "lite";
    case PeerKind::no_renomination:
      return "no renomination";
    case PeerKind::no_trickle:
      return "no trickle";
  }
  return "?";
}

/// How long silence may be: where only silence tells of the move, and where the system does.
constexpr Duration kRoundTrip = 2 * 2 * (Duration(5ms) + Duration(5ms));
constexpr Duration kWhereSilenceTells = 3500ms + 2 * kRoundTrip;
constexpr Duration kWhereSystemTells = 1s + 2 * kRoundTrip;

/// The mover, in a network of a kind, and a peer of a kind in the open.
struct Scene {
  Scene(std::string_view mover_kind, PeerKind kind, ice::Role mover_role)
      : home(world, network_kind(mover_kind), IpVersions::v4, 1),
        other(world, network_kind(mover_kind), IpVersions::v4, 2),
        open(world, network_kind("open"), IpVersions::v4, 3),
        mover(world, home.add_host("mover", Link{.delay = 5ms}), options_of_mover(mover_role)),
        peer(world, open.add_host("peer", Link{.delay = 5ms}), options_of_peer(kind, mover_role)),
        call(world, mover, peer) {
    start(mover, peer);
    REQUIRE(world.run_until([&] { return mover.connected() && peer.connected(); }, 10s));
    call.run_for(8s);
    call.begin_measuring();
  }

  static PeerOptions options_of_mover(ice::Role role) {
    PeerOptions options;
    options.agent.role = role;
    return options;
  }
  static PeerOptions options_of_peer(PeerKind kind, ice::Role mover_role) {
    PeerOptions options;
    options.agent.role = opposite(mover_role);
    if (kind == PeerKind::lite) options.agent.implementation = ice::Implementation::lite;
    if (kind == PeerKind::no_renomination)
      options.agent.nomination = ice::NominationMode::aggressive;
    options.trickle = kind != PeerKind::no_trickle;
    return options;
  }

  World world{Catch::getSeed()};
  Site home;
  Site other;
  Site open;
  Peer mover;
  Peer peer;
  Call call;
};

using Move = void (*)(Scene& scene);

void print(std::string_view how, ice::Role role, PeerKind kind, const Call::Gaps& gaps) {
  std::printf("  %-16s %-12s %-16s to the mover %5.2f s, to the peer %5.2f s\n",
              std::string(how).c_str(), std::string(to_text(role)).c_str(),
              std::string(to_text(kind)).c_str(),
              static_cast<double>(gaps.towards_left.count()) / 1e6,
              static_cast<double>(gaps.towards_right.count()) / 1e6);
}

void measure(std::string_view how, std::string_view network, Duration limit, Move move) {
  std::printf("%s\n", std::string(how).c_str());
  for (const ice::Role role : {ice::Role::controlling, ice::Role::controlled}) {
    for (const PeerKind kind : kPeerKinds) {
      if (kind == PeerKind::lite && role == ice::Role::controlled)
        continue;  // a lite peer never controls
      Scene scene(network, kind, role);
      move(scene);
      scene.call.run_for(40s);
      const Call::Gaps gaps = scene.call.gaps();
      print(how, role, kind, gaps);
      CAPTURE(to_text(role), to_text(kind));
      CHECK(gaps.longest() <= limit);
      CHECK(scene.mover.connected());
      CHECK(scene.peer.connected());
    }
  }
}

}  // namespace

TEST_CASE("a call goes on after a NAT has made new mappings", "[ice][sim]") {
  measure("NAT rebinding", "symmetric", kWhereSilenceTells,
          [](Scene& scene) { scene.home.home_nat()->reboot(); });
}

TEST_CASE("a call goes on when the new address comes before the old one goes", "[ice][sim]") {
  measure("address first", "open", kWhereSystemTells, [](Scene& scene) {
    scene.other.attach(scene.mover.host(), "wlan1", 9, Link{.delay = 5ms});
    scene.call.run_for(1s);
    scene.call.begin_measuring();
    scene.mover.host().remove_interface("eth0");
  });
}

TEST_CASE("a call goes on when the new address comes after the old one went", "[ice][sim]") {
  measure("address last", "open", kWhereSystemTells, [](Scene& scene) {
    scene.mover.host().remove_interface("eth0");
    scene.call.run_for(1s);
    scene.other.attach(scene.mover.host(), "wlan1", 9, Link{.delay = 5ms});
    scene.call.begin_measuring();
  });
}

// An application that is told of the next network in time: it restarts, and leaves the old one
// later.
TEST_CASE("a call that makes before it breaks loses nothing", "[ice][sim]") {
  std::printf("overlap\n");
  for (const ice::Role role : {ice::Role::controlling, ice::Role::controlled}) {
    for (const PeerKind kind : {PeerKind::full, PeerKind::no_renomination, PeerKind::no_trickle}) {
      Scene scene("open", kind, role);
      scene.other.attach(scene.mover.host(), "wlan1", 9, Link{.delay = 5ms});
      scene.call.run_for(200ms);
      scene.mover.restart();
      scene.call.run_for(5s);
      scene.world.run_for(100ms);
      CAPTURE(to_text(role), to_text(kind));
      CHECK(scene.call.lost() == 0);
      print("overlap", role, kind, scene.call.gaps());
      scene.mover.host().remove_interface("eth0");
      scene.call.run_for(5s);
      CHECK(scene.mover.connected());
    }
  }
}

// Each check of one agent on a spare pair must not cause a check of the other without end.
TEST_CASE("agents with two paths are quiet again after both were in doubt", "[ice][sim]") {
  Scene scene("open", PeerKind::full, ice::Role::controlled);
  scene.other.attach(scene.mover.host(), "wlan1", 9, Link{.delay = 5ms});
  scene.call.run_for(1s);
  scene.mover.host().link().is_up = false;
  scene.call.run_for(4s);
  scene.mover.host().link().is_up = true;
  scene.call.run_for(10s);
  const auto sent = [&] { return scene.mover.agent().counters().checks_sent; };
  const auto before = sent();
  scene.call.run_for(30s);
  CHECK(sent() - before <= 20);
}

TEST_CASE("a call goes on when the selected path dies in silence and another is there",
          "[ice][sim]") {
  measure("silent death", "open", kWhereSilenceTells, [](Scene& scene) {
    scene.other.attach(scene.mover.host(), "wlan1", 9, Link{.delay = 5ms});
    scene.call.run_for(1s);
    scene.call.begin_measuring();
    scene.mover.host().link().is_up = false;
  });
}
