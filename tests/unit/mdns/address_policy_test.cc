#include "address_policy.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <vector>

namespace floe::mdns::test {
namespace {

IpAddress ip(const char* text) {
  return *IpAddress::parse(text);
}

const IpAddress kNeighbour = ip("192.168.1.9");

TEST_CASE("addresses of private networks and of the link are plausible", "[mdns][policy]") {
  const char* text = GENERATE("10.1.2.3", "172.16.0.1", "172.31.255.1", "192.168.1.2", "100.64.0.1",
                              "169.254.1.1", "fe80::1", "fd12::1", "fc00::1");
  CHECK(is_plausible(ip(text), kNeighbour, {}));
}

TEST_CASE("addresses of anywhere are not", "[mdns][policy]") {
  const char* text =
      GENERATE("198.51.100.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2001:db8::1", "0.0.0.0",
               "::", "224.0.0.251", "ff02::fb", "255.255.255.255", "::ffff:10.0.0.1");
  CHECK_FALSE(is_plausible(ip(text), kNeighbour, {}));
}

TEST_CASE("loopback answers for loopback alone", "[mdns][policy]") {
  const char* text = GENERATE("127.0.0.1", "::1");
  CHECK_FALSE(is_plausible(ip(text), kNeighbour, {}));
  CHECK(is_plausible(ip(text), ip("127.0.0.1"), {}));
}

TEST_CASE("an address in the network of an own one is plausible", "[mdns][policy]") {
  const std::vector<IpAddress> own = {ip("198.51.100.7"), ip("2001:db8:1:2::7")};
  CHECK(is_plausible(ip("198.51.100.200"), kNeighbour, own));
  CHECK_FALSE(is_plausible(ip("198.51.101.200"), kNeighbour, own));
  CHECK(is_plausible(ip("2001:db8:1:2:3::"), kNeighbour, own));
  CHECK_FALSE(is_plausible(ip("2001:db8:1:3::7"), kNeighbour, own));
}

}  // namespace
}  // namespace floe::mdns::test
