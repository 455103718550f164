// The servers of STUN and TURN that a client asks through a gateway.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "consent/gate_world.h"

using namespace floe;
using namespace floe::consent;
using namespace floe::consent::test;
using stun::Class;
using stun::Method;

namespace {

const TransportAddress kServer = at(3, 3478);
// Channel 0x4000, four bytes.
const ByteVector kChannelData{0x40, 0x00, 0x00, 0x04, 1, 2, 3, 4};
const Parts kSigned{.username = true, .integrity = true, .fingerprint = false};
const Parts kUnsigned{.fingerprint = false};

ByteVector send_indication() {
  return message(Class::indication, Method::send, 77, kUnsigned);
}

}  // namespace

TEST_CASE("a STUN server is asked without credentials, and its answer opens nothing", "[consent]") {
  GateWorld world;
  REQUIRE(world.out(check(1, kUnsigned), kServer) == Verdict::pass);
  CHECK(world.in(success(1, kUnsigned), kServer) == Verdict::pass);
  CHECK(world.out(kData, kServer) == Verdict::no_consent);
  CHECK(world.out(kChannelData, kServer) == Verdict::no_consent);
  CHECK(world.in(kData, kServer) == Verdict::no_consent);
  SECTION("it may answer from another address") {
    CHECK(world.in(success(1, kUnsigned), at(4, 3479)) == Verdict::pass);
    CHECK(world.out(kData, at(4, 3479)) == Verdict::no_consent);
  }
}

TEST_CASE("a STUN server with a realm is asked, too, and its answer opens nothing", "[consent]") {
  GateWorld world;
  Parts parts = kSigned;
  parts.fingerprint = GENERATE(true, false);
  parts.realm = true;
  REQUIRE(world.out(check(1, parts), kServer) == Verdict::pass);
  CHECK(world.in(success(1), kServer) == Verdict::pass);
  CHECK(world.out(kData, kServer) == Verdict::no_consent);
  CHECK(world.in(check(2, parts), at(4)) == Verdict::no_consent);
}

TEST_CASE("the answer of a TURN server opens it for STUN and ChannelData", "[consent]") {
  GateWorld world;
  CHECK(world.out(send_indication(), kServer) == Verdict::no_consent);
  CHECK(world.out(kChannelData, kServer) == Verdict::no_consent);
  const Method method = Method::allocate;
  REQUIRE(world.out(message(Class::request, method, 1, kUnsigned), kServer) == Verdict::pass);
  SECTION("whichever it is") {
    REQUIRE(world.in(message(Class::error, method, 1, kUnsigned), kServer) == Verdict::pass);
    CHECK(world.out(message(Class::request, method, 2, kSigned), kServer) == Verdict::pass);
    CHECK(world.out(send_indication(), kServer) == Verdict::pass);
    CHECK(world.out(kChannelData, kServer) == Verdict::pass);
    CHECK(world.in(kChannelData, kServer) == Verdict::pass);
    CHECK(world.in(message(Class::indication, Method::data, 9, kUnsigned), kServer) ==
          Verdict::pass);
    CHECK(world.out(kData, kServer) == Verdict::no_consent);
    CHECK(world.in(kData, kServer) == Verdict::no_consent);
    CHECK_FALSE(world.gate.consent_left(world.now, kServer));
    world.now += 10min - Duration(1);
    CHECK(world.out(kChannelData, kServer) == Verdict::pass);
    world.now += Duration(1);
    CHECK(world.out(kChannelData, kServer) == Verdict::no_consent);
    CHECK(world.out(send_indication(), kServer) == Verdict::no_consent);
  }
  SECTION("not one of another id, or from elsewhere") {
    (void)world.in(message(Class::success, method, 2, kSigned), kServer);
    (void)world.in(message(Class::success, method, 1, kSigned), at(3, 3479));
    CHECK(world.out(kChannelData, kServer) == Verdict::no_consent);
    CHECK(world.out(kChannelData, at(3, 3479)) == Verdict::no_consent);
  }
}

TEST_CASE("each answer of a TURN server opens it for ten more minutes", "[consent]") {
  GateWorld world;
  for (std::uint32_t i = 0; i < 10; ++i) {
    const Method method = i % 2 == 0 ? Method::refresh : Method::channel_bind;
    REQUIRE(world.out(message(Class::request, method, i, kSigned), kServer) == Verdict::pass);
    REQUIRE(world.in(message(Class::success, method, i, kSigned), kServer) == Verdict::pass);
    world.now += 9min;
    CHECK(world.out(kChannelData, kServer) == Verdict::pass);
  }
}

TEST_CASE("requests of TURN leave as often as checks do", "[consent]") {
  GateWorld world;
  std::uint32_t number = 0;
  CHECK(world.count_passed(100, [&](int) {
    return world.out(message(Class::request, Method::allocate, ++number, kUnsigned), kServer);
  }) == 20);
}

TEST_CASE("a host may be peer and TURN server at one port", "[consent]") {
  GateWorld world;
  REQUIRE(world.out(message(Class::request, Method::allocate, 1, kUnsigned), kServer) ==
          Verdict::pass);
  REQUIRE(world.in(message(Class::error, Method::allocate, 1, kUnsigned), kServer) ==
          Verdict::pass);
  world.get_consent(kServer);
  CHECK(world.gate.next_change(world.now) == kServer);
  CHECK(world.out(kData, kServer) == Verdict::pass);
  world.now += 30s;
  CHECK(world.gate.next_change(world.now) == kServer);
  CHECK(world.gate.next_change(world.now) == std::nullopt);
  CHECK(world.out(kData, kServer) == Verdict::no_consent);
  CHECK(world.out(kChannelData, kServer) == Verdict::pass);
}
