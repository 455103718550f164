#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "dtls/two_ends.h"

using namespace floe;
using namespace floe::dtls;
using namespace floe::testing;

TEST_CASE("a client and a server secure an association in two round trips", "[dtls]") {
  TwoEnds ends;
  REQUIRE(ends.connect());
  CHECK(ends.server.secured_at == Timestamp{1h} + 30ms);
  CHECK(ends.client.secured_at == Timestamp{1h} + 40ms);
  CHECK(ends.client.secured->peer == certificate(2).fingerprint());
  CHECK(ends.server.secured->peer == certificate(1).fingerprint());
  for (const DtlsEnd* end : {&ends.client, &ends.server}) {
    CHECK(end->secured->protocol == "DTLSv1.2");
    CHECK(end->secured->cipher == "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    CHECK_FALSE(end->secured->srtp_profile);
    CHECK(end->session->deadline() == kNever);
  }
}

TEST_CASE("a secured association is silent", "[dtls]") {
  TwoEnds ends;
  REQUIRE(ends.connect());
  const std::size_t sent = ends.sent();
  ends.now += 1h;
  ends.client.session->handle_timeout(ends.now);
  ends.server.session->handle_timeout(ends.now);
  ends.run();
  CHECK(ends.sent() == sent);
}

TEST_CASE("a client begins when it has both started and the fingerprints", "[dtls]") {
  sim::SeededRandom random(5);
  Session session(certificate(1), {.role = Role::client}, random);
  const Timestamp now{1h};
  session.start(now);
  CHECK_FALSE(session.poll_output());
  CHECK(session.deadline() == kNever);
  session.set_peer_fingerprints(now, {certificate(2).fingerprint()});
  const auto output = session.poll_output();
  REQUIRE(output);
  CHECK(std::holds_alternative<Transmit>(*output));
}

TEST_CASE("a handshake that nobody answers fails after 30 s", "[dtls]") {
  TwoEnds ends;
  ends.network = [](const Passing&) { return std::vector<Duration>{}; };
  CHECK_FALSE(ends.connect());
  REQUIRE(ends.client.failed);
  CHECK(ends.client.failed->reason == FailureReason::timeout);
  CHECK(ends.client.failed->message.find("30 seconds") != std::string::npos);
  CHECK(ends.now == Timestamp{1h} + kHandshakeTimeMax);
  CHECK(ends.client.session->deadline() == kNever);
  CHECK(ends.client.session->send(ends.now, as_bytes("x")) == SendResult::closed);
}

TEST_CASE("a handshake that awaits its path repeats nothing and does not end", "[dtls]") {
  DtlsWorld world;
  world.client.round_trip.reset();
  world.client.awaits_path = true;
  TwoEnds ends(world);
  std::vector<Timestamp> times;
  ends.network = [&](const Passing&) {
    times.push_back(ends.now);
    return std::vector<Duration>{};
  };
  ends.start();
  CHECK(times.size() == 1);
  dtls::Session& session = *ends.client.session;
  CHECK(session.deadline() == kNever);
  session.handle_timeout(ends.now + 2 * kHandshakeTimeMax);
  CHECK_FALSE(session.poll_output());

  // Then the timer knows the round trip, and the peer has its time.
  ends.now += 2 * kHandshakeTimeMax;
  const Timestamp begin = ends.now;
  session.handle_path(begin, 80ms);
  ends.run(kHandshakeTimeMax + 1s);
  REQUIRE(times.size() > 4);
  CHECK(times[1] - begin == 120ms);
  CHECK(times[2] - times[1] == 120ms);
  CHECK(times[3] - times[2] == 240ms);
  REQUIRE(ends.client.failed);
  CHECK(ends.now == begin + kHandshakeTimeMax);
}

TEST_CASE("the first retransmission waits one and a half round trips, in limits", "[dtls]") {
  CHECK(first_timeout({.round_trip = 80ms}) == 120ms);
  CHECK(first_timeout({.round_trip = 1ms}) == kFirstTimeoutMin);
  CHECK(first_timeout({.round_trip = 100ms}) == 150ms);
  CHECK(first_timeout({.round_trip = 200ms}) == 250ms);
  CHECK(first_timeout({.round_trip = 5s}) == kFirstTimeoutMax);
  CHECK(first_timeout({}) == kFirstTimeoutUnmeasured);
}

TEST_CASE("retransmissions double their distance from the second on, up to two seconds", "[dtls]") {
  DtlsWorld world;
  world.client.round_trip = 80ms;
  TwoEnds ends(world);
  std::vector<Timestamp> times;
  ends.network = [&](const Passing&) {
    times.push_back(ends.now);
    return std::vector<Duration>{};
  };
  ends.connect();
  std::vector<Duration> distances;
  for (std::size_t i = 1; i < times.size(); ++i) distances.push_back(times[i] - times[i - 1]);
  REQUIRE(distances.size() > 10);
  const std::vector<Duration> first(distances.begin(), distances.begin() + 7);
  CHECK(first == std::vector<Duration>{120ms, 120ms, 240ms, 480ms, 960ms, 1920ms, 2s});
  CHECK(std::ranges::all_of(distances, [](Duration distance) { return distance <= 2s; }));
  CHECK(times.back() > Timestamp{1h} + kHandshakeTimeMax - kTimeoutMax);
}
