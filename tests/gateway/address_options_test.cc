// The operator's options for addresses, and what is wrong with them in words.
#include "address_options.h"

#include <CLI/CLI.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "address_policy.h"
#include "address_spellings.h"
#include "client_ports.h"
#include "gateway_options.h"

using namespace floe;
using namespace floe::gateway;
using floe::gateway::test::ip;

namespace {

struct Read {
  AddressOptions options;
  std::string mistake;
};

Read read(std::vector<std::string> arguments) {
  CLI::App app;
  AddressArguments all;
  all.add_to(app);
  std::reverse(arguments.begin(), arguments.end());
  app.parse(arguments);
  Read read;
  read.mistake = all.read(read.options);
  return read;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("the options for addresses are read", "[gateway]") {
  const auto [options, mistake] =
      read({"--allow", "10.1.0.0/16", "2001:db8::/32", "--deny", "8.8.8.8", "--allow-port", "53",
            "--deny-port", "5000-5010", "--allow-own", "10.1.0.1:5000", "--nat64-prefix",
            "2a00:64::/96", "--port-range", "40000-40010", "--external", "9.9.9.9"});
  CHECK(mistake.empty());
  const AddressPolicy policy(options);
  const auto is_open = [&](const std::string& text, std::uint16_t port) {
    return policy.judge({ip(text), port}) == tunnel::DenyReason::none;
  };
  CHECK(is_open("10.1.2.3", 40000));
  CHECK(is_open("2001:db8::1", 40000));
  CHECK_FALSE(is_open("8.8.8.8", 40000));
  CHECK(is_open("9.9.9.8", 53));
  CHECK_FALSE(is_open("9.9.9.8", 5001));
  CHECK_FALSE(is_open("2a00:64::8.8.8.8", 40000));
  CHECK_FALSE(is_open("9.9.9.9", 40000));
  CHECK(options.ports.first == 40000);
  CHECK(options.own_targets.at(0).port == 5000);
}

TEST_CASE("a rule that cannot be read stops the gateway, and is named", "[gateway]") {
  struct Bad {
    std::string option;
    std::string text;
    std::string why;
  };
  const Bad bad = GENERATE(
      Bad{"--allow", "10.0.0.0/33", "0 to 32 bits"}, Bad{"--deny", "10.0.0.0/-1", "bits"},
      Bad{"--deny", "10.0.0.0/", "bits"}, Bad{"--deny", "10.0.0.0/8x", "bits"},
      Bad{"--deny", "10.1.2.3/8", "is 10.0.0.0/8 meant?"}, Bad{"--deny", "10/8", "not an address"},
      Bad{"--deny", "10.0.0.0-10.1.0.0", "not an address"}, Bad{"--deny", "", "not an address"},
      Bad{"--deny", "example.org", "not an address"}, Bad{"--deny", "2001:db8::/129", "0 to 128"},
      Bad{"--allow", "127.0.0.0/8", "--allow-loopback"}, Bad{"--allow", "::1", "--allow-loopback"},
      Bad{"--allow", "224.0.0.0/4", "never"}, Bad{"--allow-port", "70000", "1 to 65535"},
      Bad{"--deny-port", "9-5", "1 to 65535"}, Bad{"--deny-port", "http", "1 to 65535"},
      Bad{"--allow-own", "host:1", "ADDRESS"}, Bad{"--nat64-prefix", "64:ff9b::/95", "96 bits"},
      Bad{"--nat64-prefix", "10.0.0.0/32", "IPv6"}, Bad{"--port-range", "80-90", "from 1024"},
      Bad{"--port-range", "5000-1", "FIRST-LAST"}, Bad{"--port-range", "1024-2000", "1900"});
  CAPTURE(bad.option, bad.text);
  const std::string mistake = read({bad.option, bad.text}).mistake;
  CAPTURE(mistake);
  CHECK(has(mistake, bad.option));
  CHECK(has(mistake, bad.text));
  CHECK(has(mistake, bad.why));
}

TEST_CASE("sockets are not bound to what is no address of a machine", "[gateway]") {
  const std::string bad = GENERATE("0.0.0.0", "::", "224.0.0.1", "ff02::1");
  CHECK(has(refuse_addresses({}, {ip(bad)}), "--bind needs addresses of this machine, not " + bad));
  CHECK(refuse_addresses({}, {ip("10.0.0.1"), ip("fd00::1")}).empty());
}

TEST_CASE("an external address stands for one address of its family", "[gateway]") {
  AddressOptions options;
  options.external = {ip("9.9.9.9")};
  CHECK(refuse_addresses(options, {ip("10.0.0.1"), ip("fd00::1")}).empty());
  CHECK(has(refuse_addresses(options, {ip("fd00::1")}), "--external 9.9.9.9"));
  CHECK(has(refuse_addresses(options, {ip("10.0.0.1"), ip("10.0.0.2")}), "one --bind"));
  options.external.push_back(ip("9.9.9.8"));
  CHECK(has(refuse_addresses(options, {ip("10.0.0.1")}), "only one of its family"));
}

TEST_CASE("ports of sockets and of relays do not overlap", "[gateway]") {
  GatewayOptions options;
  CHECK_FALSE(options.addresses.ports.meets(options.turn.ports));
  options.insecure_dev = true;
  options.turn.listen = {{ip("127.0.0.1"), 3478}};
  options.turn.users = {{"user", "password"}};
  CHECK(refuse_to_start(options).empty());
  options.addresses.ports.last = options.turn.ports.first;
  CHECK(has(refuse_to_start(options), "overlap"));
}

TEST_CASE("a client's socket has a port of the operator's range", "[gateway]") {
  const PortRange range{32768, 49151};
  const auto ports = [&](std::uint16_t first, std::uint16_t last) {
    const auto request = within({ip("10.0.0.1"), first, last}, range);
    return request ? PortRange{request->port_min, request->port_max}.to_text() : "none";
  };
  CHECK(ports(0, 0) == "32768-49151");
  CHECK(ports(40000, 40000) == "40000");
  CHECK(ports(1, 65535) == "32768-49151");
  CHECK(ports(443, 443) == "none");
  CHECK(ports(53, 32769) == "32768-32769");
  CHECK(ports(49152, 49160) == "none");
}

TEST_CASE("the policy is told in the order in which it is asked", "[gateway]") {
  AddressOptions options;
  options.rules = {{*AddressPrefix::parse("10.0.0.0/8"), true},
                   {*AddressPrefix::parse("10.1.0.0/16"), false}};
  options.port_rules = {{{53, 53}, true}};
  std::string text;
  for (const std::string& line : AddressPolicy(options).to_lines()) text += line + "\n";
  const auto denied = text.find("closed 10.1.0.0/16\n");
  const auto allowed = text.find("open 10.0.0.0/8\n");
  REQUIRE(denied != text.npos);
  REQUIRE(allowed != text.npos);
  CHECK(denied < allowed);
  CHECK(has(text, "open port 53\n"));
  CHECK(has(text, "169.254.0.0/16"));
}
