// From the name of a server to its addresses.
#include "floe/driver/server_lookup.h"

#include <catch2/catch_test_macros.hpp>

#include "driver/fake_host.h"

using namespace floe;
using namespace floe::testing;

namespace {

struct Asker final : ServerLookupListener {
  void on_server_looked_up(const ServerLookup& lookup) override {
    ++answers;
    addresses = lookup.addresses();
    error = lookup.error();
  }

  int answers = 0;
  List<TransportAddress> addresses;
  std::string error;
};

ServerUri uri_of(std::string_view text) {
  return *parse_server_uri(text);
}

IpAddress ip(const char* text) {
  return *IpAddress::parse(text);
}

}  // namespace

TEST_CASE("an address needs no resolver", "[driver]") {
  Asker asker;
  ServerLookup v4(uri_of("stun:192.0.2.1:1234"), asker);
  v4.start(nullptr);
  CHECK(asker.addresses == std::vector{*TransportAddress::parse("192.0.2.1:1234")});
  ServerLookup v6(uri_of("stun:[2001:db8::1]"), asker);
  v6.start(nullptr);
  CHECK(asker.addresses == std::vector{*TransportAddress::parse("[2001:db8::1]:3478")});
  CHECK(asker.answers == 2);
}

TEST_CASE("a name on a host that resolves none is an error at once", "[driver]") {
  Asker asker;
  ServerLookup lookup(uri_of("stun:example.org"), asker);
  lookup.start(nullptr);
  CHECK(asker.answers == 1);
  CHECK(asker.addresses.empty());
  CHECK_FALSE(asker.error.empty());
}

TEST_CASE("of each family the first address is used", "[driver]") {
  FakeHost host;
  Asker asker;
  ServerLookup lookup(uri_of("stun:example.org:99"), asker);
  lookup.start(host.api().resolver);
  CHECK(asker.answers == 0);
  CHECK(host.asked_names() == std::vector<std::string>{"example.org"});
  host.resolve("example.org",
               {ip("2001:db8::1"), ip("192.0.2.1"), ip("192.0.2.2"), ip("2001:db8::2")});
  CHECK(asker.addresses == std::vector{*TransportAddress::parse("[2001:db8::1]:99"),
                                       *TransportAddress::parse("192.0.2.1:99")});
  CHECK(lookup.has(*TransportAddress::parse("192.0.2.1:99")));
  CHECK_FALSE(lookup.has(*TransportAddress::parse("192.0.2.1:98")));
  CHECK_FALSE(lookup.has(*TransportAddress::parse("192.0.2.2:99")));
}

TEST_CASE("what the resolver says of a failure is passed on", "[driver]") {
  FakeHost host;
  Asker asker;
  ServerLookup lookup(uri_of("stun:example.org"), asker);
  lookup.start(host.api().resolver);
  host.resolve("example.org", {}, "no such name");
  CHECK(asker.answers == 1);
  CHECK(asker.error == "no such name");
}

TEST_CASE("a lookup that is given up is not answered", "[driver]") {
  FakeHost host;
  Asker asker;
  {
    ServerLookup lookup(uri_of("stun:example.org"), asker);
    lookup.start(host.api().resolver);
  }
  CHECK(host.asked_names().empty());
  host.resolve("example.org", {ip("192.0.2.1")});
  CHECK(asker.answers == 0);
}
