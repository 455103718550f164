// Handshakes of DTLS when ICE begins anew before they are through.
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>

#include "handshake_scene.h"
#include "picked_datagrams.h"

using namespace floe;
using namespace floe::sim;

namespace {

/// Loses what a host sends from its sockets of the second component, as long as it exists.
class SecondComponentLost final : private HostObserver {
 public:
  explicit SecondComponentLost(Peer& peer) : peer_(peer) { peer_.host().add_observer(*this); }
  ~SecondComponentLost() {
    peer_.host().remove_observer(*this);
    peer_.host().link().loss_ppm = 0;
  }

 private:
  void on_sending(const TransportAddress& from, const TransportAddress&, Bytes) override {
    bool is_second = false;
    for (const ice::Candidate& candidate : peer_.found()) {
      if (candidate.component == 2 && candidate.address == from) is_second = true;
    }
    peer_.host().link().loss_ppm = is_second ? kLostForCertain : 0;
  }
  void on_arriving(const Datagram&) override {}
  void on_arrived(const Datagram&) override {}
  void on_timer_rung() override {}

  Peer& peer_;
};

}  // namespace

TEST_CASE("a path that is found by the checks of before a restart gets its keys",
          "[ice][sim][dtls]") {
  constexpr Duration kSignalling = 5s;
  HandshakeScene scene(
      {.seed = Catch::getSeed(), .signalling = {kSignalling, kSignalling}, .components = 2});
  Peer& right = scene.right;
  {
    const SecondComponentLost lost(right);
    scene.begin();
    REQUIRE(scene.world.run_until([&] { return right.agent().selected_pair(1).has_value(); },
                                  2 * kSignalling));
    right.restart();
  }
  // The peer hears of the restart only later.
  REQUIRE(scene.world.run_until([&] { return right.connected(); }, kSignalling));
  CHECK_FALSE(right.has_path());
  CHECK(right.driver().send(2, as_bytes("data")));
}
