// What an operator may say of consent.
#include "consent_options.h"

#include <catch2/catch_test_macros.hpp>

#include "gateway_options.h"

using namespace floe;
using namespace floe::gateway;

namespace {

ParsedArguments parse(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "floe-gateway");
  return parse_arguments(static_cast<int>(arguments.size()), arguments.data());
}

}  // namespace

TEST_CASE("peers need consent unless the operator says otherwise", "[gateway][consent]") {
  CHECK(parse({}).options.consent.policy == ConsentPolicy::ice);
  CHECK(parse({"--insecure-dev"}).options.consent.policy == ConsentPolicy::ice);
  CHECK(warning_of(parse({}).options.consent).empty());
  const auto any = parse({"--consent", "any"});
  CHECK(any.options.consent.policy == ConsentPolicy::any);
  CHECK_FALSE(warning_of(any.options.consent).empty());
  const auto list = parse({"--consent", "allowlist", "--consent-peer", "192.0.2.0/24"});
  CHECK(list.options.consent.policy == ConsentPolicy::allowlist);
  CHECK(list.options.consent.allowed.size() == 1);
  CHECK_FALSE(warning_of(list.options.consent).empty());
}

TEST_CASE("options of consent that say nothing are refused", "[gateway][consent]") {
  CHECK(parse({"--consent", "none"}).exit_code == 2);
  CHECK(parse({"--consent", "allowlist"}).exit_code == 2);
  CHECK(parse({"--consent-peer", "192.0.2.1"}).exit_code == 2);
  CHECK(parse({"--consent", "allowlist", "--consent-peer", "example.org"}).exit_code == 2);
}

TEST_CASE("a range of peers is one address, a prefix, or one port", "[gateway][consent]") {
  const auto contains = [](const char* range, const char* peer) {
    return PeerRange::parse(range).value().contains(*TransportAddress::parse(peer));
  };
  CHECK(contains("192.0.2.1", "192.0.2.1:5"));
  CHECK_FALSE(contains("192.0.2.1", "192.0.2.2:5"));
  CHECK(contains("192.0.2.1:5", "192.0.2.1:5"));
  CHECK_FALSE(contains("192.0.2.1:5", "192.0.2.1:6"));
  CHECK(contains("192.0.2.128/25", "192.0.2.200:5"));
  CHECK_FALSE(contains("192.0.2.128/25", "192.0.2.127:5"));
  CHECK(contains("0.0.0.0/0", "203.0.113.9:1"));
  CHECK_FALSE(contains("0.0.0.0/0", "[2001:db8::1]:1"));
  CHECK(contains("2001:db8::/33", "[2001:db8:7fff::1]:1"));
  CHECK_FALSE(contains("2001:db8::/33", "[2001:db8:8000::1]:1"));
  CHECK(contains("[2001:db8::1]:443", "[2001:db8::1]:443"));
  for (const char* text : {"", "192.0.2.1/33", "192.0.2.1/24", "192.0.2.0/", "192.0.2.0/-1",
                           "192.0.2.0/24 ", "192.0.2.1:0", "192.0.2.1:65536", "localhost",
                           "2001:db8::/129", "192.0.2/24", "192.0.2.0/24:5"}) {
    CAPTURE(text);
    CHECK_FALSE(PeerRange::parse(text));
  }
}
