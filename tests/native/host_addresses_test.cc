// Which addresses of a machine become candidates, and in which order.
#include "host_addresses.h"

#include <linux/if_addr.h>

#include <catch2/catch_test_macros.hpp>

#include "ipv6_states.h"

namespace floe::native {
namespace {

IpAddress ip(const char* text) {
  return *IpAddress::parse(text);
}

HostAddress at(const char* address, const char* interface, unsigned index) {
  return {{ip(address), interface}, index, false};
}

const IpAddress kOfHardware = ip("2001:db8:1::11:22ff:fe33:4455");
const IpAddress kTemporary = ip("2001:db8:1::8c1e:77:9:1");
const IpAddress kByHand = ip("2001:db8:1::53");

}  // namespace

TEST_CASE("the way to the outside comes before bridges that lead nowhere", "[native][host]") {
  std::vector<HostAddress> addresses;
  for (unsigned i = 1; i <= 20; ++i) {
    addresses.push_back(
        {{IpAddress::v4(172, 17, static_cast<std::uint8_t>(i), 1), "br"}, i, false});
  }
  addresses.push_back(at("203.0.113.9", "wlan0", 30));
  addresses.push_back(at("2001:db8::9", "wlan0", 30));
  addresses.push_back(at("198.51.100.9", "wwan0", 31));
  sort_by_use(addresses, {{ip("203.0.113.9")}, {"wwan0", "wlan0"}});
  CHECK(addresses[0].address.ip == ip("203.0.113.9"));
  CHECK(addresses[1].address.ip == ip("2001:db8::9"));
  CHECK(addresses[2].address.ip == ip("198.51.100.9"));
  CHECK(addresses[3].address.ip == ip("172.17.1.1"));
  CHECK(addresses.size() == 23);
}

TEST_CASE("without a route the order is the kernel's, IPv6 before IPv4", "[native][host]") {
  std::vector<HostAddress> addresses = {at("192.0.2.7", "b", 7), at("192.0.2.3", "a", 3),
                                        at("2001:db8::3", "a", 3)};
  sort_by_use(addresses, {});
  CHECK(addresses[0].address.ip == ip("2001:db8::3"));
  CHECK(addresses[1].address.ip == ip("192.0.2.3"));
}

// RFC 8445, section 5.1.1.1.
TEST_CASE("an address that can be followed is left out beside a temporary one", "[native][host]") {
  const Ipv6State stable{kOfHardware, 2, 64, 0};
  const Ipv6State temporary{kTemporary, 2, 64, IFA_F_TEMPORARY};
  const auto unfit = [](std::vector<Ipv6State> states) { return unfit_ipv6_addresses(states); };
  CHECK(unfit({stable, temporary}) == std::vector{kOfHardware});

  SECTION("not without a temporary one, nor on another link or of another prefix") {
    CHECK(unfit({stable}).empty());
    CHECK(unfit({stable, {kTemporary, 3, 64, IFA_F_TEMPORARY}}).empty());
    CHECK(unfit({stable, {ip("2001:db8:2::1"), 2, 64, IFA_F_TEMPORARY}}).empty());
  }
  SECTION("not while the temporary one cannot be used") {
    const Ipv6State tentative{kTemporary, 2, 64, IFA_F_TEMPORARY | IFA_F_TENTATIVE};
    CHECK(unfit({stable, tentative}) == std::vector{kTemporary});
    const Ipv6State old{kTemporary, 2, 64, IFA_F_TEMPORARY | IFA_F_DEPRECATED};
    CHECK(unfit({stable, old}) == std::vector{kTemporary});
  }
  SECTION("what an administrator set stays, unless it shows the hardware address") {
    CHECK(unfit({{kByHand, 2, 64, IFA_F_PERMANENT}, temporary}).empty());
    CHECK(unfit({{kOfHardware, 2, 64, IFA_F_PERMANENT}, temporary}) == std::vector{kOfHardware});
  }
}

}  // namespace floe::native
