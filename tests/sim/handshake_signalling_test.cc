// Handshakes of DTLS beside a path and signalling that take their time, and what is told to whom
// when there is no handshake.
#include <algorithm>
#include <catch2/catch_get_random_seed.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>

#include "consent.h"
#include "dtls_records.h"
#include "floe/dtls/options.h"
#include "handshake_scene.h"
#include "picked_datagrams.h"

using namespace floe;
using namespace floe::sim;

namespace {

constexpr std::uint8_t kChangeCipherSpec = 20;

/// From when both ends knew each other.
Duration time_of(const HandshakeScene& scene) {
  return *scene.first_data_at() - *scene.known_at();
}

/// What follows the last that is readable.
bool ends_a_flight(Bytes datagram) {
  return std::ranges::any_of(dtls_records(datagram), [](const DtlsRecord& record) {
    return record.type == kChangeCipherSpec || record.is_protected();
  });
}

/// Two ends of which the client never hears the end of the handshake.
struct HalfSecured {
  HalfSecured()
      : picked(scene.left.host(), scene.right.host(),
               [this](const PickedDatagrams::Picked& datagram, Link& link) {
                 const bool is_of_server = &datagram.sender == &server().host();
                 if (is_of_server && ends_a_flight(datagram.bytes)) link.loss_ppm = kLostForCertain;
               }) {
    scene.begin();
    (void)scene.world.run_until(
        [&] { return server().security_checker()->secured_at().has_value(); }, 5s);
  }
  bool left_is_client() const { return scene.left.security_checker()->handshakes() > 0; }
  Peer& client() { return left_is_client() ? scene.left : scene.right; }
  Peer& server() { return left_is_client() ? scene.right : scene.left; }

  HandshakeScene scene{{.seed = Catch::getSeed(), .signalling = {10ms, 10ms}}};
  PickedDatagrams picked;
};

}  // namespace

TEST_CASE("a handshake waits for a path that comes late", "[ice][sim][dtls]") {
  for (const Duration late : {Duration(100ms), Duration(3s), Duration(20s)}) {
    CAPTURE(late.count());
    HandshakeScene scene({.seed = Catch::getSeed()});
    Link& link = scene.right.host().link();
    link.is_up = false;
    scene.world.schedule(scene.world.now() + late, [&] { link.is_up = true; });
    CHECK(scene.run().empty());
    REQUIRE(scene.is_through());
    std::printf("path after %lld ms: %lld ms\n", static_cast<long long>(late / 1ms),
                static_cast<long long>(time_of(scene) / 1ms));
  }
}

TEST_CASE("a path is there before the answer, and a handshake soon after it", "[ice][sim][dtls]") {
  for (const Duration slow : {Duration(50ms), Duration(200ms), Duration(1s), Duration(3s)}) {
    CAPTURE(slow.count());
    HandshakeScene scene({.seed = Catch::getSeed(), .signalling = {10ms, slow}, .answers = true});
    CHECK(scene.run().empty());
    REQUIRE(scene.is_through());
    std::printf("answer after %lld ms: %lld ms\n", static_cast<long long>(slow / 1ms),
                static_cast<long long>(time_of(scene) / 1ms));
    CHECK(time_of(scene) <= 100ms);
  }
}

TEST_CASE("a handshake needs no order of the descriptions", "[ice][sim][dtls]") {
  for (const bool answers : {false, true}) {
    for (const Duration left : {Duration(0ms), Duration(30ms), Duration(300ms)}) {
      for (const Duration right : {Duration(0ms), Duration(30ms), Duration(300ms)}) {
        CAPTURE(answers, left.count(), right.count());
        HandshakeScene scene(
            {.seed = Catch::getSeed(), .signalling = {left, right}, .answers = answers});
        CHECK(scene.run().empty());
        REQUIRE(scene.is_through());
        std::printf("%d %lld %lld: %lld ms\n", answers, static_cast<long long>(left / 1ms),
                    static_cast<long long>(right / 1ms),
                    static_cast<long long>(time_of(scene) / 1ms));
        CHECK(scene.left.security_checker()->handshakes() +
                  scene.right.security_checker()->handshakes() ==
              1);
      }
    }
  }
}

TEST_CASE("nothing is called connected while its handshake is lost", "[ice][sim][dtls]") {
  HandshakeScene scene({.seed = Catch::getSeed()});
  bool is_lost = true;
  const PickedDatagrams picked(scene.left.host(), scene.right.host(),
                               [&](const PickedDatagrams::Picked&, Link& link) {
                                 if (is_lost) link.loss_ppm = kLostForCertain;
                               });
  scene.begin();
  scene.world.run_for(5s);
  for (Peer* end : {&scene.left, &scene.right}) {
    CHECK(end->agent().state() == ice::State::completed);
    CHECK(end->states() == std::vector{ice::State::checking});
    CHECK_FALSE(end->connected());
    CHECK_FALSE(end->send("too early"));
  }
  is_lost = false;
  CHECK(scene.world.run_until([&] { return scene.is_through(); }, 3s));
  CHECK(scene.left.connected());
  CHECK(scene.right.connected());
}

TEST_CASE("plaintext on an encrypted path is given to nobody", "[ice][sim][dtls]") {
  HandshakeScene scene({.seed = Catch::getSeed()});
  const auto send_in_the_clear = [&] {
    scene.right.driver().input([](peer::Connection& connection, Timestamp now) {
      (void)connection.agent().send(now, 1, as_bytes("in the clear"));
    });
  };
  scene.begin();
  REQUIRE(scene.world.run_until([&] { return scene.right.has_path(); }, 5s));
  CHECK_FALSE(scene.right.send("before the handshake"));
  send_in_the_clear();
  REQUIRE(scene.world.run_until([&] { return scene.is_through(); }, 5s));
  send_in_the_clear();
  scene.world.run_for(1s);
  CHECK(std::ranges::count(scene.left.received(), "in the clear") == 0);
  CHECK(scene.left.connected());
  CHECK(scene.right.security_checker()->take_violations() ==
        std::vector<std::string>(2, "right sent a datagram in the clear"));
}

TEST_CASE("an end that waits for the last flight in vain tells its peer", "[ice][sim][dtls]") {
  HalfSecured half;
  REQUIRE(half.server().security_checker()->secured_at());
  const auto has_failed = [&] { return half.client().security_checker()->failed_at().has_value(); };
  REQUIRE(half.scene.world.run_until(has_failed, dtls::kHandshakeTimeMax));
  CHECK(half.client().security_checker()->failure()->reason == peer::SecurityFailure::timeout);
  CHECK(half.server().connected());
  // Until the bye is there.
  half.scene.world.run_for(10ms);
  CHECK_FALSE(half.server().connected());
  CHECK(half.client().received().empty());
}

TEST_CASE("without signalling, its peer hears of it by the end of consent", "[ice][sim][dtls]") {
  HalfSecured half;
  REQUIRE(half.server().security_checker()->secured_at());
  half.client().signalling_path().set_up(false);
  const auto has_failed = [&] { return half.client().security_checker()->failed_at().has_value(); };
  REQUIRE(half.scene.world.run_until(has_failed, dtls::kHandshakeTimeMax));
  CHECK(half.server().connected());
  half.scene.world.run_for(ice::kConsentTimeout);
  CHECK_FALSE(half.server().connected());
}
