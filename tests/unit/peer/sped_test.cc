// The handshake in checks (SPED), between two ends that both ask for it, and where only one does.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "floe/stun/attributes/embedded_dtls.h"
#include "peer/secured_pair.h"

namespace floe::peer::test {
namespace {

using namespace std::chrono_literals;

const SecurityOptions kSped{.sped = true};

/// What rides in the datagram, if it is a check or an answer.
ByteVector rider_of(Bytes datagram) {
  const auto message = stun::MessageView::parse(datagram);
  if (!message) return {};
  const auto rider = message->get<stun::DtlsInStun>();
  return rider ? ByteVector(rider->datagram.begin(), rider->datagram.end()) : ByteVector();
}

bool carries(const ByteVector& datagram) {
  const auto message = stun::MessageView::parse(datagram);
  return message &&
         (message->has(stun::DtlsInStun::kType) || message->has(stun::DtlsInStunAck::kType));
}

std::vector<std::string> ice_options_of(const SecuredEnd& end) {
  for (const signal::Message& message : end.told) {
    if (const auto* description = std::get_if<signal::Description>(&message)) {
      return description->ice_options;
    }
  }
  return {};
}

bool says_sped(const SecuredEnd& end) {
  return std::ranges::count(ice_options_of(end), "sped") == 1;
}

Duration time_to_connect(SecuredPair& pair) {
  const Timestamp begin = pair.now;
  REQUIRE(pair.connect());
  return pair.now - begin;
}

}  // namespace

TEST_CASE("two ends that ask for it have their handshake in checks", "[peer][sped]") {
  for (const bool crossing : {false, true}) {
    CAPTURE(crossing);
    SecuredPair pair({.left = kSped, .right = kSped, .crossing = crossing});
    SecuredPair slow({.crossing = crossing});
    CHECK(time_to_connect(pair) < time_to_connect(slow));
    CHECK(says_sped(pair.left));
    CHECK(says_sped(pair.right));
    CHECK(std::ranges::any_of(pair.datagrams,
                              [](const auto& one) { return !rider_of(one).empty(); }));
    pair.send(pair.left, "left");
    pair.send(pair.right, "right");
    pair.run(100ms);
    CHECK(pair.right.received == std::vector<std::string>{"left"});
    CHECK(pair.left.received == std::vector<std::string>{"right"});
    CHECK(pair.left.secured.back().words == pair.right.secured.back().words);
    CHECK(pair.left.secured.size() <= 2);
  }
}

TEST_CASE("what one end alone asks for changes no datagram", "[peer][sped]") {
  SecuredPair neither;
  REQUIRE(neither.connect());
  CHECK_FALSE(says_sped(neither.left));
  for (const bool is_left : {false, true}) {
    CAPTURE(is_left);
    SecuredPair one(
        {.left = SecurityOptions{.sped = is_left}, .right = SecurityOptions{.sped = !is_left}});
    REQUIRE(one.connect());
    CHECK(says_sped(one.left) == is_left);
    // Who answers does not say it to who does not.
    CHECK_FALSE(says_sped(one.right));
    CHECK(std::ranges::none_of(one.datagrams, carries));
    CHECK(one.datagrams.size() == neither.datagrams.size());
  }
}

TEST_CASE("nothing rides any more soon after the handshake", "[peer][sped]") {
  SecuredPair pair({.left = kSped, .right = kSped});
  REQUIRE(pair.connect());
  pair.run(60s);
  pair.datagrams.clear();
  pair.run(60s);
  CHECK(pair.datagrams.size() > 10);  // consent
  CHECK(std::ranges::none_of(pair.datagrams, carries));
}

TEST_CASE("a handshake in checks is no longer than a message may be", "[peer][sped]") {
  SecuredPair pair({.left = kSped, .right = kSped});
  REQUIRE(pair.connect());
  for (const ByteVector& datagram : pair.datagrams) {
    CHECK(rider_of(datagram).size() <= 1000);
    if (stun::looks_like_stun(datagram)) CHECK(datagram.size() <= stun::kMessageSizeMax);
  }
}

TEST_CASE("the whole handshake can be in checks", "[peer][sped]") {
  SecuredPair pair({.left = kSped, .right = kSped});
  pair.link = [](SecuredEnd&, ByteVector& datagram) { return !is_dtls(datagram); };
  REQUIRE(pair.connect());
  CHECK(pair.left.failures.empty());
}

TEST_CASE("a handshake survives that nothing rides any more", "[peer][sped]") {
  SecuredPair pair({.left = kSped, .right = kSped});
  pair.link = [](SecuredEnd&, ByteVector& datagram) { return rider_of(datagram).empty(); };
  REQUIRE(pair.connect());
}

TEST_CASE("a path that comes after half a minute is not too late", "[peer][sped]") {
  SecuredPair pair({.left = kSped, .right = kSped});
  bool is_open = false;
  pair.link = [&](SecuredEnd&, ByteVector&) { return is_open; };
  pair.begin_both();
  pair.run(35s);
  CHECK(pair.left.failures.empty());
  is_open = true;
  pair.left.connection.restart(pair.now);
  pair.send(pair.left, "too early");  // its outputs are taken, too
  CHECK(pair.wait());
  CHECK(pair.left.failures.empty());
  CHECK(pair.right.failures.empty());
}

TEST_CASE("another certificate in checks is not the peer's", "[peer][sped]") {
  SecuredPair pair({.left = kSped, .right = kSped});
  pair.signalling = [](SecuredEnd&, signal::Message& message) {
    auto* description = std::get_if<signal::Description>(&message);
    if (description != nullptr && description->dtls) {
      description->dtls->fingerprints[0].value.replace(0, 2, "00");
      description->dtls->fingerprints[0].value.replace(3, 2, "00");
    }
    return true;
  };
  CHECK_FALSE(pair.connect());
  CHECK(pair.left.failures.size() + pair.right.failures.size() >= 1);
  CHECK(pair.left.received.empty());
}

TEST_CASE("a new peer in the place of the old one has its handshake in checks, too",
          "[peer][sped]") {
  SecuredPair pair({.left = kSped, .right = kSped});
  REQUIRE(pair.connect());
  pair.datagrams.clear();
  REQUIRE(pair.replace_right());
  CHECK(pair.left.secured.back().association == 2);
}

}  // namespace floe::peer::test
