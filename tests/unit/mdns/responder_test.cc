#include "floe/mdns/responder.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "dns_bytes.h"
#include "floe/mdns/limits.h"

namespace floe::mdns::test {
namespace {

const Timestamp kStart{1h};
const std::string kName = "4f3c.local";
const IpAddress kIp = IpAddress::v4(192, 168, 1, 2);
const TransportAddress kResolver{IpAddress::v4(192, 168, 1, 9), kPort};
const TransportAddress kSimpleResolver{kResolver.ip, 40000};

ByteVector query(const std::string& name, RecordType type = RecordType::a, bool unicast = false) {
  return write_query({*Name::parse(name), type, unicast}, 7);
}

Responder with_name() {
  Responder responder;
  REQUIRE(responder.add(kName, kIp));
  return responder;
}

TEST_CASE("a query for an own name is answered in the group", "[mdns][responder]") {
  auto responder = with_name();
  const auto type = GENERATE(RecordType::a, RecordType::aaaa, RecordType::any);
  const auto replies = responder.handle_query(kStart, kResolver, query("4F3C.local", type));
  REQUIRE(replies.size() == 1);
  CHECK(replies[0].to_group);
  const auto message = parse_message(replies[0].message);
  REQUIRE(message);
  CHECK(message->addresses == std::vector{AddressRecord{*Name::parse(kName), kIp, kTtlSeconds}});
}

TEST_CASE("a name of others is not answered", "[mdns][responder]") {
  auto responder = with_name();
  CHECK(responder.handle_query(kStart, kResolver, query("4f3d.local")).empty());
  responder.remove(kIp);
  CHECK(responder.is_empty());
  CHECK(responder.handle_query(kStart, kResolver, query(kName)).empty());
}

TEST_CASE("who welcomes unicast gets it", "[mdns][responder]") {
  auto responder = with_name();
  const auto replies = responder.handle_query(kStart, kResolver, query(kName, RecordType::a, true));
  REQUIRE(replies.size() == 1);
  CHECK_FALSE(replies[0].to_group);
  CHECK(parse_message(replies[0].message)->id == 0);
}

TEST_CASE("a simple resolver gets its id and question back", "[mdns][responder]") {
  auto responder = with_name();
  const auto replies = responder.handle_query(kStart, kSimpleResolver, query(kName));
  REQUIRE(replies.size() == 1);
  CHECK_FALSE(replies[0].to_group);
  const auto message = parse_message(replies[0].message);
  CHECK(message->id == 7);
  CHECK(message->questions.size() == 1);
  CHECK(message->addresses[0].ttl == kLegacyTtlSeconds);
}

TEST_CASE("a name goes to the group once a second", "[mdns][responder]") {
  auto responder = with_name();
  REQUIRE(responder.add("4f3d.local", kIp));
  CHECK(responder.handle_query(kStart, kResolver, query(kName)).size() == 1);
  CHECK(responder.handle_query(kStart + 1s - 1us, kResolver, query(kName)).empty());
  CHECK(responder.handle_query(kStart, kResolver, query("4f3d.local")).size() == 1);
  CHECK(responder.handle_query(kStart + 1s, kResolver, query(kName)).size() == 1);
}

TEST_CASE("answers by unicast have a rate", "[mdns][responder]") {
  auto responder = with_name();
  const auto count = [&](Timestamp now) {
    std::size_t replies = 0;
    for (int i = 0; i < 100; ++i) {
      replies += responder.handle_query(now, kSimpleResolver, query(kName)).size();
    }
    return replies;
  };
  CHECK(count(kStart) == kUnicastAnswersPerSecond);
  CHECK(count(kStart + 1s) == kUnicastAnswersPerSecond);
}

TEST_CASE("responses and rubbish are not answered", "[mdns][responder]") {
  auto responder = with_name();
  auto response = query(kName);
  response[2] = 0x84;
  CHECK(responder.handle_query(kStart, kResolver, response).empty());
  CHECK(responder.handle_query(kStart, kResolver, as_bytes("rubbish")).empty());
  CHECK(responder.handle_query(kStart, kResolver, {}).empty());
}

TEST_CASE("only so many names, each once, and of the local network", "[mdns][responder]") {
  auto responder = with_name();
  CHECK_FALSE(responder.add("4F3C.local", kIp));
  CHECK_FALSE(responder.add("example.org", kIp));
  for (std::size_t i = 1; i < kOwnNamesMax; ++i) {
    REQUIRE(responder.add(std::to_string(i) + ".local", kIp));
  }
  CHECK_FALSE(responder.add("last.local", kIp));
}

}  // namespace
}  // namespace floe::mdns::test
