// Records of a secured association that the peer did not send like this.
#include <catch2/catch_test_macros.hpp>

#include "dtls/two_ends.h"

using namespace floe;
using namespace floe::dtls;
using namespace floe::testing;

namespace {

/// Secured, with one datagram of the client that has not been delivered.
class SecuredEnds {
 public:
  SecuredEnds() {
    REQUIRE(ends.connect());
    ends.network = [](const Passing&) { return std::vector<Duration>{}; };
    ends.send(ends.client, "hello");
    datagram = ends.client.sent.back();
    ends.network = [](const Passing&) { return std::vector{TwoEnds::kOneWay}; };
  }

  void deliver(Bytes bytes) {
    ends.server.session->handle_datagram(ends.now, bytes);
    ends.collect(ends.server);
  }
  const SessionCounters& counters() const { return ends.server.session->counters(); }
  std::uint64_t discarded() const {
    return counters().replayed + counters().forged + counters().truncated + counters().unexpected;
  }
  /// The association takes what is good.
  bool works() {
    const std::size_t received = ends.server.received.size();
    ends.send(ends.client, "after");
    ends.run();
    return ends.server.received.size() == received + 1 && !ends.server.failed &&
           !ends.server.closed_by_peer;
  }

  TwoEnds ends;
  ByteVector datagram;
};

}  // namespace

TEST_CASE("a replayed record costs a counter", "[dtls]") {
  SecuredEnds secured;
  secured.deliver(secured.datagram);
  REQUIRE(secured.ends.server.received.size() == 1);
  CHECK(secured.discarded() == 0);
  secured.deliver(secured.datagram);
  CHECK(secured.ends.server.received.size() == 1);
  CHECK(secured.counters().replayed == 1);
  CHECK(secured.discarded() == 1);
  CHECK(secured.works());
}

TEST_CASE("a record that is older than the window is taken for a replay", "[dtls]") {
  SecuredEnds secured;
  for (int i = 0; i < 100; ++i) secured.ends.send(secured.ends.client, "newer");
  secured.ends.run();
  secured.deliver(secured.datagram);
  CHECK(secured.ends.server.received.size() == 100);
  CHECK(secured.counters().replayed == 1);
}

TEST_CASE("a truncated record costs a counter", "[dtls]") {
  SecuredEnds secured;
  for (std::size_t size = 1; size < secured.datagram.size(); ++size) {
    secured.deliver(Bytes(secured.datagram).first(size));
    CHECK(secured.counters().truncated == size);
  }
  CHECK(secured.discarded() == secured.datagram.size() - 1);
  CHECK(secured.ends.server.received.empty());
  CHECK(secured.works());
}

TEST_CASE("a record with one wrong bit costs a counter", "[dtls]") {
  SecuredEnds secured;
  const std::size_t bits = secured.datagram.size() * 8;
  for (std::size_t bit = 0; bit < bits; ++bit) {
    ByteVector damaged = secured.datagram;
    damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ (1 << bit % 8));
    const std::uint64_t before = secured.discarded();
    secured.deliver(damaged);
    INFO("bit " << bit);
    CHECK(secured.discarded() > before);
    REQUIRE_FALSE(secured.ends.server.failed);
  }
  // The explicit nonce, what is encrypted, and the tag: whatever is changed there is forged.
  CHECK(secured.counters().forged >= bits - 13 * 8);
  CHECK(secured.ends.server.received.empty());
  secured.deliver(secured.datagram);
  CHECK(secured.ends.server.received.size() == 1);
  CHECK(secured.works());
}

TEST_CASE("records of a handshake that is over cost a counter", "[dtls]") {
  SecuredEnds secured;
  // A ClientHello of a stranger, or of this client long ago.
  secured.deliver(secured.ends.client.sent.front());
  CHECK(secured.counters().unexpected == 1);
  CHECK(secured.works());
}

TEST_CASE("an alert in the clear does not end a secured association", "[dtls]") {
  SecuredEnds secured;
  secured.deliver(ByteVector{21, 254, 253, 0, 0, 0, 0, 0, 0, 0, 99, 0, 2, 2, 40});
  secured.deliver(ByteVector{21, 254, 253, 0, 1, 0, 0, 0, 0, 0, 99, 0, 2, 2, 40});
  CHECK(secured.counters().unexpected == 1);
  CHECK(secured.counters().forged == 1);
  CHECK(secured.works());
}

TEST_CASE("a good record behind a forged one is taken", "[dtls]") {
  SecuredEnds secured;
  ByteVector both = secured.datagram;
  both.back() ^= 1;
  both.insert(both.end(), secured.datagram.begin(), secured.datagram.end());
  secured.deliver(both);
  CHECK(secured.counters().forged == 1);
  REQUIRE(secured.ends.server.received.size() == 1);
  CHECK(as_text(secured.ends.server.received[0]) == "hello");
}

TEST_CASE("a record is sealed and opened without outputs", "[dtls]") {
  TwoEnds ends;
  REQUIRE(ends.connect());
  ByteVector room;
  for (const std::string_view text : {"a longer datagram", "short", "one more"}) {
    const auto sealed = ends.client.session->seal(ends.now, as_bytes(text));
    REQUIRE(sealed);
    const auto data = ends.server.session->open(ends.now, *sealed, room);
    REQUIRE(data);
    CHECK(as_text(*data) == text);
  }
  CHECK_FALSE(ends.client.session->poll_output());
  CHECK_FALSE(ends.server.session->poll_output());
}

TEST_CASE("what is opened lives as long as its room", "[dtls]") {
  TwoEnds ends;
  REQUIRE(ends.connect());
  const auto sealed = ends.client.session->seal(ends.now, as_bytes("to be kept"));
  REQUIRE(sealed);
  ByteVector room;
  const auto data = ends.server.session->open(ends.now, *sealed, room);
  REQUIRE(data);
  ends.send(ends.client, "overwrites");
  ends.run();
  ends.server.session.reset();
  CHECK(as_text(*data) == "to be kept");
}

TEST_CASE("a record that opens to nothing costs one counter", "[dtls]") {
  SecuredEnds secured;
  dtls::Session& server = *secured.ends.server.session;
  ByteVector room;
  ByteVector forged = secured.datagram;
  forged.back() ^= 1;
  CHECK_FALSE(server.open(secured.ends.now, forged, room));
  CHECK(secured.counters().forged == 1);
  CHECK(server.open(secured.ends.now, secured.datagram, room));
  CHECK_FALSE(server.open(secured.ends.now, secured.datagram, room));
  CHECK(secured.counters().replayed == 1);
  CHECK_FALSE(server.open(secured.ends.now, Bytes(secured.datagram).first(20), room));
  CHECK(secured.counters().truncated == 1);
  CHECK(secured.discarded() == 3);
  CHECK_FALSE(server.poll_output());
  CHECK(secured.works());
}

TEST_CASE("two records in a datagram and an empty one become outputs when opened", "[dtls]") {
  SecuredEnds secured;
  TwoEnds& ends = secured.ends;
  ByteVector both = secured.datagram;
  const auto second = ends.client.session->seal(ends.now, as_bytes("second"));
  REQUIRE(second);
  both.insert(both.end(), second->begin(), second->end());
  ByteVector room;
  CHECK_FALSE(ends.server.session->open(ends.now, both, room));
  const auto empty = ends.client.session->seal(ends.now, {});
  REQUIRE(empty);
  CHECK_FALSE(ends.server.session->open(ends.now, *empty, room));
  ends.collect(ends.server);
  REQUIRE(ends.server.received.size() == 3);
  CHECK(as_text(ends.server.received[0]) == "hello");
  CHECK(as_text(ends.server.received[1]) == "second");
  CHECK(ends.server.received[2].empty());
}

TEST_CASE("the end of the peer is an output when it is opened", "[dtls]") {
  SecuredEnds secured;
  TwoEnds& ends = secured.ends;
  ends.client.session->close(ends.now);
  const auto output = ends.client.session->poll_output();
  REQUIRE(output);
  ByteVector room;
  CHECK_FALSE(ends.server.session->open(ends.now, std::get<Transmit>(*output).datagram, room));
  ends.collect(ends.server);
  CHECK(ends.server.closed_by_peer);
  CHECK_FALSE(ends.server.session->open(ends.now, secured.datagram, room));
  const auto late = ends.server.session->seal(ends.now, as_bytes("late"));
  REQUIRE_FALSE(late);
  CHECK(late.error() == SendResult::closed);
}
