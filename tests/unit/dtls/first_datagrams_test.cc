// What a server does with the first datagrams: those that come early, in fragments, from strangers.
#include <catch2/catch_test_macros.hpp>

#include "dtls/two_ends.h"

using namespace floe;
using namespace floe::dtls;
using namespace floe::testing;

namespace {

std::vector<Output> outputs_of(Session& session) {
  std::vector<Output> outputs;
  while (auto output = session.poll_output()) outputs.push_back(std::move(*output));
  return outputs;
}

/// The handshake message of a datagram in two records (RFC 6347, section 4.2.3).
std::pair<ByteVector, ByteVector> in_two_fragments(Bytes datagram) {
  constexpr std::size_t kHeaders = 13 + 12;
  const Bytes body = datagram.subspan(kHeaders);
  const std::size_t cut = body.size() / 2;
  const auto fragment = [&](std::size_t offset, Bytes part, std::uint8_t number) {
    ByteVector bytes(datagram.begin(), datagram.begin() + kHeaders);
    bytes[10] = number;
    bytes[12] = static_cast<std::uint8_t>(12 + part.size());
    bytes[11] = static_cast<std::uint8_t>((12 + part.size()) >> 8);
    bytes[21] = static_cast<std::uint8_t>(offset);
    bytes[24] = static_cast<std::uint8_t>(part.size());
    bytes.insert(bytes.end(), part.begin(), part.end());
    return bytes;
  };
  // The next record of the client has the number 1.
  return {fragment(0, body.first(cut), 0), fragment(cut, body.subspan(cut), 40)};
}

class FirstHello {
 public:
  FirstHello() {
    Session client(certificate(1), {.role = Role::client}, random_);
    client.set_peer_fingerprints(now, {certificate(2).fingerprint()});
    client.start(now);
    const auto outputs = outputs_of(client);
    REQUIRE(outputs.size() == 1);
    hello = std::get<Transmit>(outputs[0]).datagram;
    server = std::make_unique<Session>(certificate(2), Options{.role = Role::server}, random_);
  }

  Timestamp now{1h};
  ByteVector hello;
  std::unique_ptr<Session> server;

 private:
  sim::SeededRandom random_{7};
};

}  // namespace

TEST_CASE("a ClientHello that comes before the fingerprints is kept", "[dtls]") {
  FirstHello first;
  first.server->start(first.now);
  first.server->handle_datagram(first.now, first.hello);
  CHECK(outputs_of(*first.server).empty());
  first.server->set_peer_fingerprints(first.now + 1s, {certificate(1).fingerprint()});
  CHECK_FALSE(outputs_of(*first.server).empty());
  CHECK(first.server->deadline() > first.now + 1s);
  CHECK(first.server->counters().not_kept == 0);
}

TEST_CASE("datagrams before the fingerprints are kept up to a limit", "[dtls]") {
  FirstHello first;
  first.server->start(first.now);
  for (std::size_t i = 0; i < kKeptDatagramsMax + 3; ++i) {
    first.server->handle_datagram(first.now, first.hello);
  }
  CHECK(first.server->counters().not_kept == 3);
  const ByteVector long_datagram(kKeptDatagramSizeMax + 1, 22);
  first.server->handle_datagram(first.now, long_datagram);
  CHECK(first.server->counters().not_kept == 4);
  first.server->set_peer_fingerprints(first.now, {certificate(1).fingerprint()});
  CHECK_FALSE(outputs_of(*first.server).empty());
}

TEST_CASE("a handshake completes whose first flight came before the fingerprints", "[dtls]") {
  TwoEnds ends;
  sim::SeededRandom random(8);
  ends.server.session =
      std::make_unique<Session>(certificate(2), Options{.role = Role::server}, random);
  ends.start();
  ends.run(300ms);
  CHECK_FALSE(ends.client.failed);
  ends.server.session->set_peer_fingerprints(ends.now, {certificate(1).fingerprint()});
  ends.collect(ends.server);
  ends.run();
  CHECK(ends.is_secured());
}

TEST_CASE("a ClientHello in two fragments is put together, in either order", "[dtls]") {
  for (const bool in_order : {true, false}) {
    TwoEnds ends;
    bool is_first = true;
    ends.network = [&](const Passing& passing) {
      if (!passing.from_client || !std::exchange(is_first, false)) {
        return std::vector{TwoEnds::kOneWay};
      }
      auto [one, two] = in_two_fragments(passing.bytes);
      if (!in_order) std::swap(one, two);
      for (const ByteVector& fragment : {one, two}) {
        ends.server.session->handle_datagram(ends.now, fragment);
      }
      return std::vector<Duration>{};
    };
    ends.server.session->start(ends.now);
    ends.client.session->start(ends.now);
    ends.collect(ends.client);
    ends.collect(ends.server);
    ends.run();
    CHECK(ends.is_secured());
    CHECK(ends.elapsed() < 60ms);
  }
}

TEST_CASE("a server that answers strangers wants its cookie back first", "[dtls]") {
  DtlsWorld world;
  world.server.stranger = {192, 0, 2, 1, 0x13, 0x88};
  TwoEnds ends(world);
  REQUIRE(ends.connect());
  // One round trip more than with an address that is known.
  CHECK(ends.client.secured_at == Timestamp{1h} + 60ms);
  // RFC 6347, section 4.3.2: hello_verify_request(3).
  REQUIRE(ends.server.sent.front().size() > 13);
  CHECK(ends.server.sent.front()[13] == 3);
  CHECK(ends.server.sent.front().size() <= ends.client.sent.front().size());
}

TEST_CASE("a server keeps nothing of strangers without a cookie, and sends no more than they",
          "[dtls]") {
  DtlsWorld world;
  world.server.stranger = {192, 0, 2, 1, 0x13, 0x88};
  TwoEnds ends(world);
  ends.network = [](const Passing& passing) {
    return passing.from_client ? std::vector{TwoEnds::kOneWay} : std::vector<Duration>{};
  };
  CHECK_FALSE(ends.connect());
  for (const ByteVector& datagram : ends.server.sent) {
    CHECK(datagram[13] == 3);
    CHECK(datagram.size() <= ends.client.sent.front().size());
  }
  CHECK(ends.server.sent.size() == ends.client.sent.size());
}

TEST_CASE("a cookie grows old", "[dtls]") {
  DtlsWorld world;
  world.server.stranger = {192, 0, 2, 1, 0x13, 0x88};
  for (const Duration age : {20s, 61s}) {
    TwoEnds ends(world);
    ends.network = [](const Passing&) { return std::vector<Duration>{}; };
    ends.start();
    const auto now = ends.now;
    ends.server.session->handle_datagram(now, ends.client.sent[0]);
    const auto verify = outputs_of(*ends.server.session);
    REQUIRE(verify.size() == 1);
    ends.client.session->handle_datagram(now, std::get<Transmit>(verify[0]).datagram);
    const auto again = outputs_of(*ends.client.session);
    REQUIRE(again.size() == 1);
    ends.server.session->handle_datagram(now + age, std::get<Transmit>(again[0]).datagram);
    const auto answer = outputs_of(*ends.server.session);
    REQUIRE_FALSE(answer.empty());
    const auto& datagram = std::get<Transmit>(answer[0]).datagram;
    // server_hello(2), or hello_verify_request(3) once more.
    CHECK(datagram[13] == (age == 20s ? 2 : 3));
  }
}
