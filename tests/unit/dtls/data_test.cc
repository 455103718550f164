#include <catch2/catch_test_macros.hpp>

#include "dtls/two_ends.h"

using namespace floe;
using namespace floe::dtls;
using namespace floe::testing;

TEST_CASE("data goes both ways", "[dtls]") {
  TwoEnds ends;
  REQUIRE(ends.connect());
  ends.send(ends.client, "to the server");
  ends.send(ends.server, "to the client");
  ends.run();
  REQUIRE(ends.server.received.size() == 1);
  CHECK(as_text(ends.server.received[0]) == "to the server");
  REQUIRE(ends.client.received.size() == 1);
  CHECK(as_text(ends.client.received[0]) == "to the client");
  CHECK(as_text(ends.client.sent.back()).find("to the server") == std::string_view::npos);
}

TEST_CASE("data that comes in another order is handed out as it comes", "[dtls]") {
  TwoEnds ends;
  REQUIRE(ends.connect());
  Duration delay = 10ms;
  ends.network = [&](const Passing&) { return std::vector{delay -= 1ms}; };
  for (const char* text : {"first", "second", "third"}) ends.send(ends.client, text);
  ends.run();
  REQUIRE(ends.server.received.size() == 3);
  CHECK(as_text(ends.server.received[0]) == "third");
  CHECK(as_text(ends.server.received[2]) == "first");
  CHECK(ends.server.session->counters().replayed == 0);
}

TEST_CASE("data that overtakes the end of the handshake harms nothing", "[dtls]") {
  TwoEnds ends;
  ends.network = [&](const Passing& passing) {
    // The server is secured by the time that it has sent its last flight.
    const bool is_slow = !passing.from_client && passing.index >= 3 && !ends.server.secured;
    return std::vector{is_slow ? 25ms : Duration(TwoEnds::kOneWay)};
  };
  ends.start();
  ends.run(30ms);
  REQUIRE(ends.server.secured);
  REQUIRE_FALSE(ends.client.secured);
  ends.send(ends.server, "early");
  ends.run(12ms);
  REQUIRE_FALSE(ends.client.secured);
  ends.run();
  CHECK(ends.is_secured());
  ends.send(ends.server, "late");
  ends.run();
  REQUIRE_FALSE(ends.client.received.empty());
  CHECK(as_text(ends.client.received.back()) == "late");
}

TEST_CASE("an empty datagram arrives, once", "[dtls]") {
  TwoEnds ends;
  REQUIRE(ends.connect());
  ends.send(ends.client, "");
  const ByteVector sealed = ends.client.sent.back();
  ends.send(ends.client, "more");
  ends.run();
  REQUIRE(ends.server.received.size() == 2);
  CHECK(ends.server.received[0].empty());
  CHECK(as_text(ends.server.received[1]) == "more");
  const SessionCounters& counters = ends.server.session->counters();
  CHECK(counters.replayed + counters.forged + counters.truncated + counters.unexpected == 0);

  ends.server.session->handle_datagram(ends.now, sealed);
  CHECK_FALSE(ends.server.session->poll_output());
  CHECK(counters.replayed == 1);
  ByteVector forged = sealed;
  forged.back() ^= 1;
  forged[10] = 9;  // a sequence number that has not been
  ends.server.session->handle_datagram(ends.now, forged);
  CHECK_FALSE(ends.server.session->poll_output());
  CHECK(counters.forged == 1);
}

TEST_CASE("data is refused until the handshake is done", "[dtls]") {
  TwoEnds ends;
  CHECK(ends.client.session->send(ends.now, as_bytes("x")) == SendResult::not_ready);
  ends.start();
  CHECK(ends.client.session->send(ends.now, as_bytes("x")) == SendResult::not_ready);
  CHECK(ends.server.session->send(ends.now, as_bytes("x")) == SendResult::not_ready);
  ends.run();
  CHECK(ends.client.session->send(ends.now, as_bytes("x")) == SendResult::sent);
}

TEST_CASE("the longest data fills a record, and longer data is refused", "[dtls]") {
  for (const std::size_t mtu : {576u, 1200u, 1280u}) {
    DtlsWorld world;
    world.client.mtu = world.server.mtu = mtu;
    TwoEnds ends(world);
    REQUIRE(ends.connect());
    for (DtlsEnd* end : {&ends.client, &ends.server}) {
      const std::size_t longest = end->session->max_datagram_size();
      CHECK(longest == kDataSizeMax);
      ends.send(*end, std::string(longest, 'x'));
      CHECK(end->sent.back().size() == longest + kRecordOverhead);
      const std::string longer(longest + 1, 'x');
      CHECK(end->session->send(ends.now, as_bytes(longer)) == SendResult::too_long);
    }
    ends.run();
    CHECK(ends.client.received.size() == 1);
    CHECK(ends.server.received.size() == 1);
  }
}

TEST_CASE("every datagram of a handshake keeps to the MTU", "[dtls]") {
  for (const std::size_t mtu : {576u, 1280u}) {
    DtlsWorld world;
    world.client.mtu = world.server.mtu = mtu;
    TwoEnds ends(world);
    // The first datagram of the server is lost, so that flights are repeated.
    ends.network = [](const Passing& passing) {
      return passing.index == 1 ? std::vector<Duration>{} : std::vector{TwoEnds::kOneWay};
    };
    REQUIRE(ends.connect());
    std::size_t longest = 0;
    for (const DtlsEnd* end : {&ends.client, &ends.server}) {
      for (const ByteVector& datagram : end->sent) longest = std::max(longest, datagram.size());
    }
    CHECK(longest <= mtu);
    // The certificates are long enough to fill the small one.
    CHECK(longest > mtu / 2);
  }
}

TEST_CASE("closing tells the peer", "[dtls]") {
  TwoEnds ends;
  REQUIRE(ends.connect());
  ends.client.session->close(ends.now);
  ends.collect(ends.client);
  ends.run();
  CHECK(ends.server.closed_by_peer);
  CHECK_FALSE(ends.client.failed);
  CHECK(ends.client.session->send(ends.now, as_bytes("x")) == SendResult::closed);
  CHECK(ends.server.session->send(ends.now, as_bytes("x")) == SendResult::closed);
  // The server answers by its own close_notify.
  const ByteVector& last = ends.server.sent.back();
  CHECK(last[0] == 21);
  CHECK(last[4] == 1);
}

TEST_CASE("a session that is closed before its handshake says nothing more", "[dtls]") {
  TwoEnds ends;
  ends.start();
  ends.client.session->close(ends.now);
  ends.run();
  CHECK_FALSE(ends.client.secured);
  CHECK_FALSE(ends.client.failed);
  CHECK(ends.client.session->deadline() == kNever);
  REQUIRE(ends.server.failed);
  CHECK(ends.server.failed->reason == FailureReason::timeout);
}
