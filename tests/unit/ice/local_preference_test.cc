// Which addresses of a host are used, and in which order (RFC 8421, section 4).
#include "floe/ice/local_preference.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using namespace floe;
using namespace floe::ice;

namespace {

/// "6" is an IPv6 address, "4" an IPv4 one, capital letters tunnels ("S", "F").
std::vector<HostAddress> addresses_of(std::string_view kinds) {
  std::vector<HostAddress> addresses;
  std::uint8_t number = 1;
  for (const char kind : kinds) {
    const bool v6 = kind == '6' || kind == 'S';
    IpAddress ip = IpAddress::v4(192, 0, 2, number);
    if (v6) ip = *IpAddress::parse("2001:db8::" + std::to_string(number));
    addresses.push_back({ip, kind == 'S' || kind == 'F'});
    ++number;
  }
  return addresses;
}

/// The order in the same letters.
std::string order_of(std::string_view kinds) {
  std::string order;
  for (const std::size_t place : order_by_preference(addresses_of(kinds))) order += kinds[place];
  return order;
}

}  // namespace

TEST_CASE("IPv4 comes after every Hi addresses of IPv6", "[ice]") {
  CHECK(order_of("46") == "64");
  CHECK(order_of("4466") == "6644");
  CHECK(order_of("4666") == "6664");
  CHECK(order_of("44666666") == "6664664");
  CHECK(order_of("446666") == "666464");
  CHECK(order_of("444466") == "646444");
}

TEST_CASE("one family alone keeps the host's order", "[ice]") {
  CHECK(order_by_preference(addresses_of("666")) == std::vector<std::size_t>{0, 1, 2});
  CHECK(order_by_preference(addresses_of("444")) == std::vector<std::size_t>{0, 1, 2});
  CHECK(order_by_preference({}).empty());
}

TEST_CASE("within a family the host's order is kept", "[ice]") {
  CHECK(order_by_preference(addresses_of("4646")) == std::vector<std::size_t>{1, 3, 0, 2});
}

// RFC 8445, section 5.1.2.1: a VPN costs its users time, and its operators bandwidth.
TEST_CASE("tunnels come last, whatever their family", "[ice]") {
  CHECK(order_of("S4") == "4S");
  CHECK(order_of("F6") == "6F");
  CHECK(order_of("SF64") == "64SF");
  CHECK(order_of("SF") == "SF");
}

// P33: privacy extensions make dozens, and each costs a pair with each of the peer's.
TEST_CASE("of many addresses the first are used", "[ice]") {
  const std::string many(40, '6');
  CHECK(order_of(many).size() == kIpv6AddressesMax);
  CHECK(order_of(std::string(40, '4')).size() == kIpv4AddressesMax);
  CHECK(order_of(many + std::string(40, '4')).size() == kIpv6AddressesMax + kIpv4AddressesMax);
}

TEST_CASE("an address that occurs twice counts once", "[ice]") {
  const bool second_is_tunnel = GENERATE(false, true);
  std::vector<HostAddress> addresses = addresses_of("66");
  addresses.push_back(addresses[0]);
  addresses.back().is_tunnel = second_is_tunnel;
  CHECK(order_by_preference(addresses) == std::vector<std::size_t>{0, 1});
}

TEST_CASE("addresses that differ in their zone are two", "[ice]") {
  const std::array<std::uint8_t, 16> bytes{0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  const HostAddress first{*IpAddress::from_bytes(bytes, 2)};
  const HostAddress second{*IpAddress::from_bytes(bytes, 3)};
  CHECK(order_by_preference(std::vector{first, second}).size() == 2);
}
