#include <catch2/catch_test_macros.hpp>

#include "dtls/mbedtls_client.h"
#include "dtls/two_ends.h"

using namespace floe;
using namespace floe::dtls;
using namespace floe::testing;

namespace {

/// `finder` saw another certificate than it expects, and told `other` by an alert.
void check_mismatch(const TwoEnds& ends, const DtlsEnd& finder, const DtlsEnd& other) {
  CHECK_FALSE(ends.client.secured);
  CHECK_FALSE(ends.server.secured);
  REQUIRE(finder.failed);
  CHECK(finder.failed->reason == FailureReason::fingerprint_mismatch);
  CHECK(finder.failed->message.find("fingerprint was signalled") != std::string::npos);
  REQUIRE(other.failed);
  CHECK(other.failed->reason == FailureReason::refused_by_peer);
  // RFC 5246, section 7.2: bad_certificate(42).
  CHECK(other.failed->message.find("(alert 42)") != std::string::npos);
  CHECK(ends.elapsed() < 1s);
}

}  // namespace

TEST_CASE("a client that meets another certificate ends the handshake", "[dtls]") {
  DtlsWorld world;
  world.client_expects = {certificate(3).fingerprint()};
  TwoEnds ends(world);
  CHECK_FALSE(ends.connect());
  check_mismatch(ends, ends.client, ends.server);
}

TEST_CASE("a server that meets another certificate ends the handshake", "[dtls]") {
  DtlsWorld world;
  world.server_expects = {certificate(3).fingerprint()};
  TwoEnds ends(world);
  CHECK_FALSE(ends.connect());
  check_mismatch(ends, ends.server, ends.client);
}

TEST_CASE("no fingerprint matches nobody", "[dtls]") {
  DtlsWorld world;
  world.client_expects = {};
  TwoEnds ends(world);
  CHECK_FALSE(ends.connect());
  REQUIRE(ends.client.failed);
  CHECK(ends.client.failed->reason == FailureReason::fingerprint_mismatch);
}

TEST_CASE("one of several fingerprints is enough", "[dtls]") {
  DtlsWorld world;
  world.client_expects = {certificate(3).fingerprint(), certificate(2).fingerprint()};
  CHECK(TwoEnds(world).connect());
}

TEST_CASE("a server ends the handshake of a client without a certificate", "[dtls]") {
  sim::SeededRandom random(5);
  Session server(certificate(2), {.role = Role::server}, random);
  const Timestamp now{1h};
  server.set_peer_fingerprints(now, {certificate(1).fingerprint()});
  server.start(now);
  MbedtlsClient client(random, nullptr);
  const auto result = client.talk_to(server, now);
  REQUIRE(result.failed);
  CHECK(result.failed->reason == FailureReason::no_certificate);
  CHECK_FALSE(result.secured);
  CHECK(client.alert() == 42);
}

#if defined(MBEDTLS_SSL_RENEGOTIATION)
TEST_CASE("a client that asks for another handshake is refused and stays", "[dtls]") {
  sim::SeededRandom random(5);
  Session server(certificate(2), {.role = Role::server}, random);
  const Timestamp now{1h};
  server.set_peer_fingerprints(now, {certificate(1).fingerprint()});
  server.start(now);
  MbedtlsClient client(random, &certificate(1));
  REQUIRE(client.talk_to(server, now).secured);
  const auto answer = client.ask_again(server, now);
  REQUIRE(answer.size() == 1);
  CHECK(answer[0].type == ContentType::alert);
  CHECK(answer[0].epoch == 1);
  CHECK(server.is_secured());
  CHECK(server.send(now, as_bytes("still here")) == SendResult::sent);
}
#endif
