// The policy knows the addresses of this machine, also those that it gets later.
#include "own_address_watch.h"

#include <catch2/catch_test_macros.hpp>

#include "bind_check.h"
#include "floe/native/system_random.h"
#include "loop_runner.h"
#include "private_network.h"

using namespace floe;
using namespace floe::gateway;
using native::test::in_private_network;

namespace {

constexpr IpAddress kFirst = IpAddress::v4(10, 9, 9, 9);
constexpr IpAddress kSecond = IpAddress::v4(10, 9, 9, 10);
constexpr std::uint32_t kFirstNumber = 0x0a090909;

AddressOptions open_at_home() {
  return {.allow_private = true, .rules = {{*AddressPrefix::parse("10.0.0.0/8"), true}}};
}

enum Outcome { passed, no_address, first_is_open, second_is_closed, second_stays_open, unnoticed };

Outcome watch_an_address_come() {
  if (!native::test::add_address("lo", kFirstNumber)) return no_address;
  native::Loop loop;
  AddressPolicy policy(open_at_home());
  const OwnAddressWatch watch(loop, policy);
  const auto is_open = [&](const IpAddress& ip) {
    return policy.judge({ip, 6379}) == tunnel::DenyReason::none;
  };
  if (is_open(kFirst)) return first_is_open;
  if (!is_open(kSecond)) return second_is_closed;
  const std::uint64_t before = policy.generation();
  if (!native::test::add_address("lo:1", kFirstNumber + 1)) return no_address;
  if (!native::test::run_until(loop, [&] { return !is_open(kSecond); })) return second_stays_open;
  return policy.generation() > before ? passed : unnoticed;
}

Outcome bind_an_address_that_is_there_and_one_that_is_not() {
  if (!native::test::add_address("lo", kFirstNumber)) return no_address;
  native::Loop loop;
  native::SystemRandom random;
  native::UdpSockets sockets(loop, random);
  if (!refuse_to_bind(sockets, {kFirst}).empty()) return first_is_open;
  const std::string refusal = refuse_to_bind(sockets, {kFirst, IpAddress::v4(198, 51, 100, 9)});
  return refusal == "--bind 198.51.100.9: this machine has no such address" ? passed : unnoticed;
}

}  // namespace

TEST_CASE("an address that the machine gets is closed at once", "[gateway]") {
  const int outcome = in_private_network([] { return watch_an_address_come(); });
  if (outcome == native::test::kNoPrivateNetwork) SKIP("the system allows no network of its own");
  CHECK(outcome == passed);
}

TEST_CASE("an address that the machine has not is no place for sockets", "[gateway]") {
  const int outcome =
      in_private_network([] { return bind_an_address_that_is_there_and_one_that_is_not(); });
  if (outcome == native::test::kNoPrivateNetwork) SKIP("the system allows no network of its own");
  CHECK(outcome == passed);
}
