// Which addresses of the host become sockets, and how they are reached from outside.
#include "floe/driver/socket_plan.h"

#include <catch2/catch_test_macros.hpp>

using namespace floe;

namespace {

IpAddress ip(const char* text) {
  return *IpAddress::parse(text);
}

const std::vector<InterfaceAddress> kAddresses = {
    {ip("192.0.2.1"), "eth0"}, {ip("2001:db8::1"), "eth0"}, {ip("10.8.0.1"), "tun0", true}};

}  // namespace

TEST_CASE("sockets are planned best first", "[driver]") {
  CHECK(addresses_to_bind(kAddresses, {}) ==
        std::vector{ip("2001:db8::1"), ip("192.0.2.1"), ip("10.8.0.1")});
  CHECK(addresses_to_bind({}, {}).empty());
}

TEST_CASE("a family or a filter leaves addresses out", "[driver]") {
  GatherOptions options;
  options.family = Family::ipv4;
  CHECK(addresses_to_bind(kAddresses, options) == std::vector{ip("192.0.2.1"), ip("10.8.0.1")});
  options.accepts = [](const InterfaceAddress& address) {
    return address.interface_name != "tun0";
  };
  CHECK(addresses_to_bind(kAddresses, options) == std::vector{ip("192.0.2.1")});
  options.accepts = [](const InterfaceAddress&) { return false; };
  CHECK(addresses_to_bind(kAddresses, options).empty());
}

// RFC 8445, section 5.2.
TEST_CASE("a lite agent gets one address of each family, unless more are asked for", "[driver]") {
  const std::vector<InterfaceAddress> addresses = {
      {ip("192.0.2.1"), "eth0"}, {ip("192.0.2.2"), "eth1"}, {ip("2001:db8::1"), "eth0"}};
  const auto lite = ice::Implementation::lite;
  CHECK(addresses_to_bind(addresses, {}, lite) == std::vector{ip("2001:db8::1"), ip("192.0.2.1")});
  CHECK(addresses_to_bind(addresses, {}).size() == 3);
  GatherOptions options;
  options.addresses_max = 2;
  CHECK(addresses_to_bind(addresses, options, lite).size() == 3);
  options.addresses_max = 1;
  CHECK(addresses_to_bind(addresses, options).size() == 2);
}

TEST_CASE("an external address is that of its internal one", "[driver]") {
  GatherOptions options;
  options.external_addresses = {{ip("192.0.2.1"), ip("203.0.113.1")},
                                {ip("192.0.2.2"), ip("203.0.113.2"), true}};
  REQUIRE(external_address_of(ip("192.0.2.2"), options) != nullptr);
  CHECK(external_address_of(ip("192.0.2.2"), options)->external == ip("203.0.113.2"));
  CHECK(external_address_of(ip("192.0.2.2"), options)->hides_internal);
  CHECK(external_address_of(ip("192.0.2.3"), options) == nullptr);
}

TEST_CASE("a wildcard stands for every address of its family, after those that are named",
          "[driver]") {
  GatherOptions options;
  options.external_addresses = {{ip("192.0.2.1"), ip("203.0.113.1")},
                                {ip("0.0.0.0"), ip("203.0.113.9")}};
  CHECK(external_address_of(ip("192.0.2.1"), options)->external == ip("203.0.113.1"));
  CHECK(external_address_of(ip("192.0.2.7"), options)->external == ip("203.0.113.9"));
  CHECK(external_address_of(ip("2001:db8::1"), options) == nullptr);
}

TEST_CASE("an external address of another family is none", "[driver]") {
  GatherOptions options;
  options.external_addresses = {{ip("192.0.2.1"), ip("2001:db8::9")},
                                {ip("::"), ip("203.0.113.9")}};
  CHECK(external_address_of(ip("192.0.2.1"), options) == nullptr);
  CHECK(external_address_of(ip("2001:db8::1"), options) == nullptr);
}
