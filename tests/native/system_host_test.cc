#include "floe/native/system_host.h"

#include <ifaddrs.h>
#include <net/if.h>

#include <catch2/catch_test_macros.hpp>
#include <map>

#include "recording_log.h"

namespace floe::native {

TEST_CASE("a system host has all that an application needs", "[native][host]") {
  test::RecordingLog log;
  SystemHostOptions options;
  options.only_addresses = {IpAddress::loopback(Family::ipv4)};
  options.log = &log;
  SystemHost host(options);
  REQUIRE(host.is_open());
  Host& api = host.api();
  const auto addresses = api.network.addresses();
  REQUIRE(addresses);
  REQUIRE(addresses->size() == 1);
  CHECK(addresses->front().ip == IpAddress::loopback(Family::ipv4));
  CHECK(addresses->front().interface_name == "lo");
  CHECK(api.random.next_u64() != api.random.next_u64());
  const Timestamp by_clock = api.clock.now();
  CHECK(by_clock <= host.loop().now());
  CHECK(api.crypto.hmac_sha1({}) != nullptr);
  CHECK(api.resolver == &host.resolver());
  api.log.log(LogLevel::info, "test", "hello");
  CHECK(log.lines.back() == "info test hello");
}

TEST_CASE("interfaces without a list leave out loopback and link-local", "[native][host]") {
  Loop loop;
  Interfaces interfaces(loop);
  const auto addresses = interfaces.addresses();
  REQUIRE(addresses);
  for (const InterfaceAddress& address : *addresses) {
    CHECK_FALSE(address.ip.is_loopback());
    CHECK_FALSE(address.ip.is_link_local());
    CHECK_FALSE(address.interface_name.empty());
  }
  Interfaces named(loop, {IpAddress::any(Family::ipv6), IpAddress::v4(127, 0, 0, 1)});
  REQUIRE(named.addresses()->size() == 2);
  CHECK(named.addresses()->at(0).ip == IpAddress::any(Family::ipv6));
}

TEST_CASE("addresses of point-to-point links are those of tunnels", "[native][host]") {
  std::map<std::string, bool> is_tunnel;
  ifaddrs* first = nullptr;
  REQUIRE(getifaddrs(&first) == 0);
  for (const ifaddrs* i = first; i != nullptr; i = i->ifa_next) {
    is_tunnel[i->ifa_name] = (i->ifa_flags & IFF_POINTOPOINT) != 0;
  }
  freeifaddrs(first);
  is_tunnel["lo"] = false;
  Loop loop;
  Interfaces interfaces(loop, {IpAddress::loopback(Family::ipv4)});
  Interfaces all(loop);
  for (const Interfaces* some : {&interfaces, &all}) {
    const auto addresses = some->addresses();
    for (const InterfaceAddress& address : *addresses) {
      CHECK(address.is_tunnel == is_tunnel[address.interface_name]);
    }
  }
}

}  // namespace floe::native
