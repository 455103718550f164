// To whom the gateway sends: every spelling of an address in every range that is closed.
#include "address_policy.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace floe;
using namespace floe::gateway;
using tunnel::DenyReason;

namespace {

IpAddress ip(const std::string& text) {
  return IpAddress::parse(text).value();
}

DenyReason judge(const AddressPolicy& policy, const std::string& text, std::uint16_t port = 40000) {
  return policy.judge({ip(text), port});
}

/// IPv6 addresses that are, or lead to, the IPv4 address `v4`.
std::vector<std::string> spellings(const std::string& v4) {
  const IpAddress address = ip(v4);
  const Bytes b = address.bytes();
  const auto hex = [](unsigned value) {
    std::array<char, 5> text{};
    (void)std::snprintf(text.data(), text.size(), "%x", value);
    return std::string(text.data());
  };
  const std::string high = hex(b[0] * 256u + b[1]);
  const std::string low = hex(b[2] * 256u + b[3]);
  return {v4,
          "::ffff:" + v4,
          "::ffff:" + high + ":" + low,
          "0:0:0:0:0:ffff:" + v4,
          "64:ff9b::" + v4,
          "64:ff9b:1::" + v4,
          "2002:" + high + ":" + low + "::",
          "2002:" + high + ":" + low + "::1",
          "2001:0:" + high + ":" + low + "::",
          "fe80::5efe:" + v4,
          "2606:4700::5efe:" + v4,
          "2606:4700::200:5efe:" + v4};
}

}  // namespace

TEST_CASE("no spelling of a closed IPv4 range is open", "[gateway]") {
  const AddressPolicy policy({});
  const std::string v4 =
      GENERATE("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200",
               "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.169.254", "172.16.0.1",
               "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.1",
               "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
               "239.255.255.255", "240.0.0.1", "255.255.255.255");
  for (const std::string& spelling : spellings(v4)) {
    CAPTURE(spelling);
    CHECK(judge(policy, spelling) == DenyReason::address);
  }
  CHECK(judge(policy, "::" + v4) == DenyReason::address);
}

TEST_CASE("no closed IPv6 range is open", "[gateway]") {
  const AddressPolicy policy({});
  const std::string text =
      GENERATE("::", "::1", "100::1", "2001::1", "2001:1ff:ffff::1", "2001:db8::1", "2002::1",
               "3fff::1", "3fff:fff:ffff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1",
               "febf::1", "fec0::1", "feff::1", "ff02::1", "ff0e::1");
  CAPTURE(text);
  CHECK(judge(policy, text) == DenyReason::address);
}

TEST_CASE("addresses of the Internet are open, next to closed ranges too", "[gateway]") {
  const AddressPolicy policy({});
  const std::string text = GENERATE(
      "1.0.0.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
      "126.255.255.255", "128.0.0.1", "168.63.129.17", "169.253.255.255", "169.255.0.0",
      "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.0.3.1", "192.167.255.255", "192.169.0.0",
      "198.17.255.255", "198.20.0.0", "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8",
      "2001:200::1", "2001:4860:4860::8888", "2606:4700::1111", "2a00::1", "3ffe::1");
  CAPTURE(text);
  CHECK(judge(policy, text) == DenyReason::none);
}

TEST_CASE("ports of services that can be abused are closed", "[gateway]") {
  const AddressPolicy policy({});
  const int closed = GENERATE(0, 19, 53, 80, 111, 123, 161, 389, 1023, 1900, 5353, 11211, 27015);
  CAPTURE(closed);
  CHECK(judge(policy, "8.8.8.8", static_cast<std::uint16_t>(closed)) == DenyReason::port);
}

TEST_CASE("ports of ICE peers are open", "[gateway]") {
  const AddressPolicy policy({});
  const int open = GENERATE(443, 1024, 3478, 5349, 49152, 65535);
  CHECK(judge(policy, "8.8.8.8", static_cast<std::uint16_t>(open)) == DenyReason::none);
}

TEST_CASE("what an option opens is open, and nothing else", "[gateway]") {
  const AddressPolicy loopback({.allow_loopback = true});
  CHECK(judge(loopback, "127.0.0.1") == DenyReason::none);
  CHECK(judge(loopback, "::1") == DenyReason::none);
  CHECK(judge(loopback, "10.0.0.1") == DenyReason::address);
  const AddressPolicy private_network({.allow_private = true});
  CHECK(judge(private_network, "192.168.1.7") == DenyReason::none);
  CHECK(judge(private_network, "127.0.0.1") == DenyReason::address);
  CHECK(judge(private_network, "224.0.0.1") == DenyReason::address);
  CHECK(judge(private_network, "ff02::1") == DenyReason::address);
  CHECK(judge(private_network, "0.0.0.0") == DenyReason::address);
}

TEST_CASE("what the gateway listens on is closed, whatever is allowed", "[gateway]") {
  AddressPolicy policy({.allow_loopback = true});
  policy.add_own_listener({ip("127.0.0.1"), 8080});
  CHECK(judge(policy, "127.0.0.1", 8080) == DenyReason::address);
  CHECK(judge(policy, "::ffff:127.0.0.1", 8080) == DenyReason::address);
  CHECK(judge(policy, "127.0.0.1", 8081) == DenyReason::none);
  policy.add_own_listener({ip("0.0.0.0"), 9090});
  CHECK(judge(policy, "127.0.0.2", 9090) == DenyReason::address);
}

TEST_CASE("clients of one gateway reach each other's sockets while they are bound", "[gateway]") {
  AddressPolicy policy({});
  const TransportAddress socket{ip("10.0.0.5"), 50000};
  CHECK(policy.judge(socket) == DenyReason::address);
  policy.add_own_socket(socket);
  CHECK(policy.judge(socket) == DenyReason::none);
  CHECK(policy.judge({socket.ip, 50001}) == DenyReason::address);
  policy.remove_own_socket(socket);
  CHECK(policy.judge(socket) == DenyReason::address);
}

TEST_CASE("an address with two owners stays open until both have gone", "[gateway]") {
  AddressPolicy policy({});
  const TransportAddress socket{ip("10.0.0.5"), 50000};
  policy.add_own_socket(socket);
  policy.add_own_socket(socket);
  policy.remove_own_socket(socket);
  CHECK(policy.judge(socket) == DenyReason::none);
  policy.remove_own_socket(socket);
  CHECK(policy.judge(socket) == DenyReason::address);
  policy.remove_own_socket(socket);  // one too many
  policy.add_own_socket(socket);
  CHECK(policy.judge(socket) == DenyReason::none);
}

TEST_CASE("the generation grows when an answer changes, and only then", "[gateway]") {
  AddressPolicy policy({});
  const TransportAddress socket{ip("10.0.0.5"), 50000};
  std::uint64_t before = policy.generation();
  const auto grew = [&] { return std::exchange(before, policy.generation()) != before; };
  (void)policy.judge(socket);
  CHECK_FALSE(grew());
  policy.add_own_socket(socket);
  CHECK(grew());
  policy.add_own_socket(socket);
  CHECK_FALSE(grew());
  policy.remove_own_socket(socket);
  CHECK_FALSE(grew());
  policy.remove_own_socket(socket);
  CHECK(grew());
  policy.add_own_listener(socket);
  CHECK(grew());
}

TEST_CASE("a client hears what the policy says of a peer", "[gateway]") {
  AddressPolicy policy({});
  const auto denied = policy.permission({}, tunnel::SocketId(1), {ip("10.0.0.1"), 5000});
  CHECK(denied.state == tunnel::PermissionState::denied);
  CHECK(denied.reason == DenyReason::address);
  const auto open = policy.permission({}, tunnel::SocketId(1), {ip("8.8.8.8"), 5000});
  CHECK(open.state == tunnel::PermissionState::open);
}

TEST_CASE("a client learns of a name only the addresses that it may send to", "[gateway]") {
  const AddressPolicy strict({});
  CHECK(strict.admits(ip("8.8.8.8")));
  for (const std::string& text : spellings("10.0.0.1")) CHECK_FALSE(strict.admits(ip(text)));
  CHECK_FALSE(strict.admits(ip("::1")));
  const AddressPolicy at_home({.allow_loopback = true, .allow_private = true});
  CHECK(at_home.admits(ip("10.0.0.1")));
  CHECK(at_home.admits(ip("127.0.0.1")));
  CHECK_FALSE(at_home.admits(ip("224.0.0.1")));
  CHECK_FALSE(at_home.admits(ip("0.0.0.0")));
}
