// What of the gateway's own machine clients may reach.
#include "own_machine.h"

#include <catch2/catch_test_macros.hpp>
#include <utility>

#include "address_policy.h"
#include "address_spellings.h"

using namespace floe;
using namespace floe::gateway;
using floe::gateway::test::ip;
using tunnel::DenyReason;

namespace {

const IpAddress kInside = ip("10.0.0.5");
const IpAddress kOutside = ip("9.9.9.9");

AddressOptions open_at_home() {
  return {.allow_private = true, .rules = {{*AddressPrefix::parse("10.0.0.0/8"), true}}};
}

bool is_open(const AddressPolicy& policy, const IpAddress& ip, std::uint16_t port = 40000) {
  return policy.judge({ip, port}) == DenyReason::none;
}

}  // namespace

TEST_CASE("every address of this machine is closed on every port", "[gateway]") {
  AddressPolicy policy(open_at_home());
  policy.set_own_addresses({kInside, kOutside, ip("2606:4700::5")});
  for (const IpAddress& own :
       {kInside, kOutside, ip("2606:4700::5"), ip("::ffff:10.0.0.5"), ip("64:ff9b::9.9.9.9")}) {
    CAPTURE(own.to_text());
    for (const std::uint16_t port :
         std::initializer_list<std::uint16_t>{443, 1024, 6379, 8080, 40000}) {
      CHECK_FALSE(is_open(policy, own, port));
    }
    CHECK_FALSE(policy.admits(own));
  }
  CHECK(is_open(policy, ip("10.0.0.6")));
  CHECK(is_open(policy, ip("9.9.9.10")));
  policy.set_own_addresses({ip("10.0.0.6")});
  CHECK(is_open(policy, kInside));
  CHECK_FALSE(is_open(policy, ip("10.0.0.6")));
}

TEST_CASE("an address under which a NAT makes the machine known is closed", "[gateway]") {
  const AddressPolicy policy({.external = {kOutside}});
  CHECK_FALSE(is_open(policy, kOutside));
  CHECK_FALSE(is_open(policy, kOutside, 443));
  CHECK(is_open(policy, ip("9.9.9.10")));
}

TEST_CASE("exactly the sockets of clients are open on this machine", "[gateway]") {
  AddressPolicy policy({});
  policy.set_own_addresses({kInside});
  const TransportAddress socket{kInside, 50000};
  CHECK_FALSE(is_open(policy, kInside, 50000));
  policy.add_own_socket(socket);
  CHECK(is_open(policy, kInside, 50000));
  CHECK(is_open(policy, ip("::ffff:10.0.0.5"), 50000));
  CHECK(policy.admits(kInside));
  CHECK_FALSE(is_open(policy, kInside, 50001));
  CHECK_FALSE(is_open(policy, ip("64:ff9b::10.0.0.5"), 50000));
  policy.remove_own_socket(socket);
  CHECK_FALSE(is_open(policy, kInside, 50000));
  CHECK_FALSE(policy.admits(kInside));
}

TEST_CASE("an address with two owners stays open until both have gone", "[gateway]") {
  AddressPolicy policy({});
  const TransportAddress socket{kInside, 50000};
  policy.add_own_socket(socket);
  policy.add_own_socket(socket);
  policy.remove_own_socket(socket);
  CHECK(is_open(policy, kInside, 50000));
  policy.remove_own_socket(socket);
  CHECK_FALSE(is_open(policy, kInside, 50000));
  policy.remove_own_socket(socket);  // one too many
  policy.add_own_socket(socket);
  CHECK(is_open(policy, kInside, 50000));
}

TEST_CASE("what the gateway listens on is closed, whatever is allowed", "[gateway]") {
  AddressPolicy policy({.allow_loopback = true, .own_targets = {{kInside}}});
  policy.set_own_addresses({kInside});
  policy.add_own_listener({ip("127.0.0.1"), 8080});
  CHECK_FALSE(is_open(policy, ip("127.0.0.1"), 8080));
  CHECK_FALSE(is_open(policy, ip("::ffff:127.0.0.1"), 8080));
  CHECK(is_open(policy, ip("127.0.0.1"), 8081));
  policy.add_own_listener({ip("0.0.0.0"), 9090});
  CHECK_FALSE(is_open(policy, ip("127.0.0.2"), 9090));
  CHECK_FALSE(is_open(policy, kInside, 9090));
  CHECK(is_open(policy, ip("8.8.8.8"), 9090));
  policy.add_own_socket({ip("127.0.0.1"), 8080});
  CHECK_FALSE(is_open(policy, ip("127.0.0.1"), 8080));
}

TEST_CASE("a program on this machine can be opened, if a rule opens its address", "[gateway]") {
  AddressOptions options = open_at_home();
  options.own_targets = {{kInside, 5000}, {kOutside}, {ip("169.254.1.1")}};
  AddressPolicy policy(options);
  policy.set_own_addresses({kInside, kOutside, ip("169.254.1.1")});
  CHECK(is_open(policy, kInside, 5000));
  CHECK_FALSE(is_open(policy, kInside, 5001));
  CHECK(is_open(policy, kOutside, 5001));
  CHECK_FALSE(is_open(policy, kOutside, 22));
  CHECK_FALSE(is_open(policy, ip("169.254.1.1"), 5000));
  CHECK(policy.admits(kInside));
}

TEST_CASE("the generation grows when an answer changes, and only then", "[gateway]") {
  AddressPolicy policy({});
  const TransportAddress socket{kInside, 50000};
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
  policy.set_own_addresses({kInside, ip("127.0.0.1")});
  CHECK(grew());
  policy.set_own_addresses({ip("127.0.0.1"), kInside});
  CHECK_FALSE(grew());
}

TEST_CASE("behind a 1:1 NAT what is for a client's socket goes to where it is bound", "[gateway]") {
  OwnMachine own({.external = {kOutside}});
  const TransportAddress advertised{kOutside, 50000};
  const TransportAddress bound{kInside, 50000};
  CHECK(own.delivered_at(advertised) == advertised);
  own.add_socket(advertised, bound);
  CHECK(own.delivered_at(advertised) == bound);
  CHECK(own.known_as(bound) == advertised);
  const TransportAddress other{kOutside, 50001};
  CHECK(own.delivered_at(other) == other);
  CHECK(own.known_as({kInside, 50001}) == TransportAddress{kInside, 50001});
  own.remove_socket(advertised);
  CHECK(own.delivered_at(advertised) == advertised);
  CHECK(own.known_as(bound) == bound);
}
