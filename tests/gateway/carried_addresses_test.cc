// Which IPv4 address an IPv6 address carries.
#include "carried_addresses.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "address_spellings.h"

using namespace floe;
using namespace floe::gateway;
using floe::gateway::test::ip;

namespace {

CarriedAddresses with_nat64() {
  std::vector<AddressPrefix> prefixes;
  for (const std::string& text : test::nat64_prefixes()) {
    prefixes.push_back(*AddressPrefix::parse(text));
  }
  return CarriedAddresses(prefixes);
}

bool carries(const CarriedAddresses& carried, const std::string& text, const std::string& v4) {
  const auto found = carried.of(WideAddress(ip(text)));
  return std::ranges::count(found, WideAddress(ip(v4))) == 1;
}

}  // namespace

TEST_CASE("each spelling is the IPv4 address or carries it", "[gateway]") {
  const CarriedAddresses carried = with_nat64();
  const std::string v4 = "198.51.100.231";
  for (const std::string& spelling : test::spellings(v4)) {
    CAPTURE(spelling);
    const bool is_it = WideAddress(ip(spelling)) == WideAddress(ip(v4));
    CHECK(is_it != carries(carried, spelling, v4));
  }
  CHECK(test::spellings(v4).size() >= 12);
}

// RFC 6052, section 2.4: the text representations of 192.0.2.33 under each length.
TEST_CASE("the operator's translation prefixes carry what RFC 6052 says", "[gateway]") {
  const auto carries_33 = [](const std::string& prefix, const std::string& text) {
    return carries(CarriedAddresses({*AddressPrefix::parse(prefix)}), text, "192.0.2.33");
  };
  CHECK(carries_33("2001:db8::/32", "2001:db8:c000:221::"));
  CHECK(carries_33("2001:db8:100::/40", "2001:db8:1c0:2:21::"));
  CHECK(carries_33("2001:db8:122::/48", "2001:db8:122:c000:2:2100::"));
  CHECK(carries_33("2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"));
  CHECK(carries_33("2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::"));
  CHECK(carries_33("2001:db8:122:344::/96", "2001:db8:122:344::192.0.2.33"));
}

TEST_CASE("an ordinary address carries nothing", "[gateway]") {
  const CarriedAddresses carried = with_nat64();
  for (const std::string text : {"8.8.8.8", "::ffff:8.8.8.8", "2001:4860:4860::8888",
                                 "2606:4700::100:5efe:a00:1", "2003:7f00:1::1"}) {
    CAPTURE(text);
    CHECK(carried.of(WideAddress(ip(text))).empty());
  }
}
