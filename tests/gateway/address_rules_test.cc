// What the operator's rules open and close.
#include "address_rules.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "address_spellings.h"
#include "port_rules.h"

using namespace floe;
using namespace floe::gateway;
using floe::gateway::test::ip;

namespace {

struct Rule {
  const char* prefix;
  bool allows;
};

AddressRules rules(std::initializer_list<Rule> list, AddressOptions options = {}) {
  for (const Rule& rule : list) {
    options.rules.push_back({*AddressPrefix::parse(rule.prefix), rule.allows});
  }
  return AddressRules(options);
}

bool opens(const AddressRules& rules, const std::string& text) {
  return rules.opens(WideAddress(ip(text)));
}

PortRules ports(std::initializer_list<PortRule> list) {
  return PortRules(list);
}

}  // namespace

TEST_CASE("a rule opens its own prefix and nothing else", "[gateway]") {
  const AddressRules one = rules({{"10.1.0.0/16", true}});
  CHECK(opens(one, "10.1.0.0"));
  CHECK(opens(one, "10.1.255.255"));
  CHECK_FALSE(opens(one, "10.0.255.255"));
  CHECK_FALSE(opens(one, "10.2.0.0"));
  CHECK_FALSE(opens(one, "192.168.0.1"));
  CHECK(opens(rules({{"198.51.100.0/24", true}}), "198.51.100.7"));
  CHECK(opens(rules({{"2001:db8:99::/64", true}}), "2001:db8:99::7"));
  CHECK_FALSE(opens(rules({{"2001:db8:99::/64", true}}), "2001:db8:99:1::7"));
}

TEST_CASE("the longest prefix decides, in whatever order the rules are", "[gateway]") {
  const bool first = GENERATE(true, false);
  const Rule wide{"10.0.0.0/8", true};
  const Rule narrow{"10.1.0.0/16", false};
  const Rule host{"10.1.2.3", true};
  const AddressRules all = first ? rules({wide, narrow, host}) : rules({host, narrow, wide});
  CHECK(opens(all, "10.2.0.1"));
  CHECK_FALSE(opens(all, "10.1.2.4"));
  CHECK(opens(all, "10.1.2.3"));
}

TEST_CASE("of equal prefixes the denial decides", "[gateway]") {
  const bool first = GENERATE(true, false);
  const Rule allow{"9.9.0.0/16", true};
  const Rule deny{"9.9.0.0/16", false};
  CHECK_FALSE(opens(first ? rules({allow, deny}) : rules({deny, allow}), "9.9.9.9"));
}

TEST_CASE("a rule goes before the registries, also when its prefix is shorter", "[gateway]") {
  CHECK(opens(rules({{"168.0.0.0/8", true}}), "168.63.129.16"));
  CHECK_FALSE(opens(rules({{"0.0.0.0/0", false}}), "8.8.8.8"));
  CHECK_FALSE(opens(rules({{"2000::/3", false}}), "2606:4700::1111"));
}

TEST_CASE("rules for IPv6 say nothing of IPv4", "[gateway]") {
  CHECK_FALSE(opens(rules({{"::/0", true}}), "10.0.0.1"));
  CHECK(opens(rules({{"::/0", false}}), "8.8.8.8"));
  CHECK_FALSE(opens(rules({{"::/0", false}}), "2606:4700::1111"));
  CHECK(opens(rules({{"::ffff:10.0.0.0/104", true}}), "10.0.0.1"));
}

TEST_CASE("no rule opens loopback or what is nobody's address", "[gateway]") {
  const AddressRules all = rules({{"0.0.0.0/0", true}, {"::/0", true}});
  CHECK(opens(all, "10.0.0.1"));
  for (const std::string text : {"127.0.0.1", "::1", "0.0.0.0", "0.1.2.3", "::", "224.0.0.1",
                                 "ff02::1", "255.255.255.255"}) {
    CAPTURE(text);
    CHECK_FALSE(opens(all, text));
  }
}

TEST_CASE("loopback has a flag of its own, and rules may narrow it", "[gateway]") {
  const AddressRules loopback = rules({{"127.0.0.53", false}}, {.allow_loopback = true});
  CHECK(opens(loopback, "127.0.0.1"));
  CHECK(opens(loopback, "::1"));
  CHECK_FALSE(opens(loopback, "127.0.0.53"));
  CHECK_FALSE(opens(loopback, "10.0.0.1"));
}

TEST_CASE("private networks can be opened without a cloud's metadata", "[gateway]") {
  const AddressRules at_home = rules({{"192.168.7.0/24", false}}, {.allow_private = true});
  for (const std::string text :
       {"10.0.0.1", "100.64.0.1", "172.16.0.1", "192.168.1.7", "fc00::1", "fd00::1"}) {
    CAPTURE(text);
    CHECK(opens(at_home, text));
  }
  for (const std::string text :
       {"169.254.169.254", "169.254.0.1", "168.63.129.16", "100.100.100.200", "192.0.0.192",
        "fd00:ec2::254", "fd20:ce::254", "fe80::1", "198.51.100.1", "192.168.7.1", "127.0.0.1",
        "224.0.0.1", "0.0.0.0"}) {
    CAPTURE(text);
    CHECK_FALSE(opens(at_home, text));
  }
}

TEST_CASE("ports of services that can be abused are closed", "[gateway]") {
  const int closed = GENERATE(0, 1, 19, 53, 80, 111, 123, 137, 161, 389, 442, 444, 1023, 1900, 3702,
                              5351, 5353, 11211, 27015);
  CAPTURE(closed);
  CHECK_FALSE(ports({}).opens(static_cast<std::uint16_t>(closed)));
}

TEST_CASE("ports of ICE peers and of STUN and TURN servers are open", "[gateway]") {
  const int open = GENERATE(443, 1024, 3478, 5349, 32768, 49152, 65535);
  CHECK(ports({}).opens(static_cast<std::uint16_t>(open)));
}

TEST_CASE("rules for ports go before the defaults, the narrowest first", "[gateway]") {
  const PortRules all = ports({{{1, 2000}, true}, {{53, 53}, false}, {{3478, 3478}, false}});
  CHECK(all.opens(80));
  CHECK(all.opens(1900));
  CHECK_FALSE(all.opens(53));
  CHECK_FALSE(all.opens(3478));
  CHECK_FALSE(all.opens(5353));
  CHECK_FALSE(all.opens(0));
  CHECK_FALSE(ports({{{53, 53}, true}, {{53, 53}, false}}).opens(53));
  CHECK_FALSE(ports({{{53, 53}, false}, {{53, 53}, true}}).opens(53));
}
