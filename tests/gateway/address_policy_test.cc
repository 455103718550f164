// To whom the gateway sends: every spelling of an address in every range that is closed.
#include "address_policy.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "address_spellings.h"

using namespace floe;
using namespace floe::gateway;
using floe::gateway::test::ip;
using tunnel::DenyReason;

namespace {

AddressOptions with_nat64() {
  AddressOptions options;
  for (const std::string& text : test::nat64_prefixes()) {
    options.nat64.push_back(*AddressPrefix::parse(text));
  }
  return options;
}

DenyReason judge(const AddressPolicy& policy, const std::string& text, std::uint16_t port = 40000) {
  return policy.judge({ip(text), port});
}

}  // namespace

TEST_CASE("no spelling of a closed IPv4 range is open", "[gateway]") {
  const AddressPolicy policy(with_nat64());
  for (const std::string& v4 : test::closed_ipv4()) {
    for (const std::string& spelling : test::spellings(v4)) {
      CAPTURE(spelling);
      CHECK(judge(policy, spelling) == DenyReason::address);
      CHECK_FALSE(policy.admits(ip(spelling)));
    }
  }
}

TEST_CASE("no closed IPv6 range is open, whatever it carries", "[gateway]") {
  const AddressPolicy policy({});
  for (const std::string& text : test::closed_ipv6()) {
    CAPTURE(text);
    CHECK(judge(policy, text) == DenyReason::address);
    CHECK_FALSE(policy.admits(ip(text)));
  }
}

TEST_CASE("addresses of the Internet are open, next to closed ranges too", "[gateway]") {
  const AddressPolicy policy(with_nat64());
  const std::string text = GENERATE(
      "1.0.0.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
      "126.255.255.255", "128.0.0.1", "168.63.129.17", "169.253.255.255", "169.255.0.0",
      "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.0.3.1", "192.167.255.255", "192.169.0.0",
      "198.17.255.255", "198.20.0.0", "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8");
  CAPTURE(text);
  CHECK(judge(policy, text) == DenyReason::none);
}

TEST_CASE("real IPv6 addresses are open, and none is taken for one that carries IPv4",
          "[gateway]") {
  const AddressPolicy policy(with_nat64());
  const std::string text = GENERATE(
      "2001:200::1", "2001:4860:4860::8888", "2003:e0:1234:5678:9abc:def0:1:2", "2400:cb00::1",
      "2600:1f18:0:1::7f00:1", "2606:4700::1111", "2620:fe::fe", "2804:14c::a00:1", "2a00::1",
      "2a00:1450:4001:80b::200e", "2a02:8388:1:2:abcd:efff:fe01:203", "2c0f:fb50:4002::65",
      "3ffe::1", "2606:4700::100:5efe:a00:1", "2a00:96::8.8.8.8", "2606:4700::5efe:8.8.8.8",
      "2000::1", "3ffe:ffff::c0a8:101");
  CAPTURE(text);
  CHECK(judge(policy, text) == DenyReason::none);
  CHECK(policy.admits(ip(text)));
}

TEST_CASE("an answer that is kept is asked for again when the generation has grown", "[gateway]") {
  AddressPolicy policy({});
  CHECK(judge(policy, "8.8.8.8") == DenyReason::none);
  policy.add_own_listener({ip("8.8.8.8"), 40000});
  CHECK(judge(policy, "8.8.8.8") == DenyReason::address);
  CHECK(judge(policy, "8.8.8.8", 40001) == DenyReason::none);
}

TEST_CASE("a client hears what the policy says of a peer", "[gateway]") {
  AddressPolicy policy({});
  const auto denied = policy.permission({}, tunnel::SocketId(1), {ip("10.0.0.1"), 5000});
  CHECK(denied.state == tunnel::PermissionState::denied);
  CHECK(denied.reason == DenyReason::address);
  const auto open = policy.permission({}, tunnel::SocketId(1), {ip("8.8.8.8"), 5000});
  CHECK(open.state == tunnel::PermissionState::open);
  CHECK(policy.permission({}, tunnel::SocketId(1), {ip("8.8.8.8"), 53}).reason == DenyReason::port);
}

TEST_CASE("a datagram is judged in both directions", "[gateway]") {
  AddressPolicy policy({});
  for (const auto direction : {tunnel::Direction::outbound, tunnel::Direction::inbound}) {
    const tunnel::Flow closed{
        direction, tunnel::Protocol::udp, tunnel::SocketId(1), {ip("::ffff:10.0.0.1"), 5000}, {}};
    CHECK_FALSE(policy.allow({}, closed).allowed);
    CHECK(policy.allow({}, closed).reason == DenyReason::address);
    const tunnel::Flow open{
        direction, tunnel::Protocol::udp, tunnel::SocketId(1), {ip("8.8.8.8"), 5000}, {}};
    CHECK(policy.allow({}, open).allowed);
  }
}
