// Servers that send an agent elsewhere (300 Try Alternate; RFC 8489, section 10), and those that
// abuse it.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "ice/gathering_host.h"
#include "ice/stun_server.h"

using namespace floe;
using namespace floe::ice;
using namespace floe::testing;

namespace {

TransportAddress at(const char* text) {
  return *TransportAddress::parse(text);
}

const TransportAddress kBase = at("192.0.2.1:1000");
const TransportAddress kServer = at("203.0.113.1:3478");
const TransportAddress kAlternate = at("203.0.113.2:3478");
const TransportAddress kMapped = at("198.51.100.77:7777");

/// kServer sent the host to kAlternate; the request there.
Sent follow(GatheringHost& host) {
  const Sent request = host.ask(kServer, kBase);
  CHECK_FALSE(host.receive(server_redirect(request, kAlternate), kServer, kBase));
  host.run_for(50ms);
  const auto sent = host.take_sent();
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].message().transaction_id() != request.message().transaction_id());
  return sent[0];
}

}  // namespace

TEST_CASE("a redirect is followed, and the alternate's answer counts", "[ice]") {
  GatheringHost host;
  const Sent redirected = follow(host);
  CHECK(redirected.remote == kAlternate);
  CHECK_FALSE(host.gatherer.is_done(host.now));
  CHECK_FALSE(host.receive(server_answer(redirected, kMapped), kServer, kBase));
  const auto discovery = host.receive(server_answer(redirected, kMapped), kAlternate, kBase);
  REQUIRE(discovery);
  CHECK(discovery->mapped == kMapped);
  CHECK(host.take_failures().empty());
}

TEST_CASE("after a redirect the first server's answer means nothing", "[ice]") {
  GatheringHost host;
  const Sent request = host.ask(kServer, kBase);
  host.receive(server_redirect(request, kAlternate), kServer, kBase);
  CHECK_FALSE(host.receive(server_answer(request, kMapped), kServer, kBase));
  CHECK_FALSE(host.was_ours);
}

TEST_CASE("servers that send an agent round and round lose it", "[ice]") {
  GatheringHost host;
  const Sent redirected = follow(host);
  const TransportAddress next = GENERATE(as<TransportAddress>(), kServer, at("203.0.113.3:3478"));
  CHECK_FALSE(host.receive(server_redirect(redirected, next), kAlternate, kBase));
  host.run_for(60s);
  CHECK(host.take_sent().empty());
  CHECK(host.gatherer.is_done(host.now));
  const auto failures = host.take_failures();
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].server == kServer);  // as it was named
  CHECK(failures[0].code == 300);
}

TEST_CASE("a redirect to where no server can be is a failure", "[ice]") {
  const char* const target =
      GENERATE("127.0.0.1:3478", "0.0.0.0:3478", "224.0.0.1:3478", "[2001:db8::1]:3478",
               "203.0.113.1:3478", "169.254.169.254:80", "nobody", "203.0.113.2:0");
  CAPTURE(target);
  GatheringHost host;
  const Sent request = host.ask(kServer, kBase);
  std::optional<TransportAddress> alternate = TransportAddress::parse(target);
  if (std::string_view(target) == "203.0.113.2:0") alternate = TransportAddress{kAlternate.ip, 0};
  CHECK_FALSE(host.receive(server_redirect(request, alternate), kServer, kBase));
  host.run_for(60s);
  CHECK(host.take_sent().empty());
  REQUIRE(host.take_failures().size() == 1);
}

TEST_CASE("a redirect to a server that is silent ends like any silence", "[ice]") {
  GatheringHost host;
  follow(host);
  host.run_for(5s);
  CHECK(host.gatherer.is_done(host.now));
  const auto failures = host.take_failures();
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].code == kServerUnreachable);
}

TEST_CASE("a restart asks the first server again, not the alternate", "[ice]") {
  GatheringHost host;
  follow(host);
  host.gatherer.restart();
  host.run_for(50ms);
  const auto sent = host.take_sent();
  REQUIRE(sent.size() == 1);
  CHECK(sent[0].remote == kServer);
}
