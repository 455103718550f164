#include "floe/mdns/resolver.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "dns_bytes.h"
#include "floe/mdns/limits.h"

namespace floe::mdns::test {
namespace {

const Timestamp kStart{1h};
const std::string kName = "4f3c.local";
const IpAddress kIp = IpAddress::v4(192, 168, 1, 2);
const TransportAddress kResponder{kIp, kPort};
constexpr std::uint16_t kId = 77;

ByteVector response(const std::string& name, const IpAddress& ip) {
  return write_response(
      {ResponseKind::multicast, 0, {*Name::parse(name), type_of(ip.family()), false}, ip});
}

ByteVector legacy_response(std::uint16_t id) {
  return write_response(
      {ResponseKind::legacy, id, {*Name::parse(kName), RecordType::a, true}, kIp});
}

std::size_t take_queries(Resolver& resolver) {
  std::size_t count = 0;
  while (resolver.poll_query()) ++count;
  return count;
}

struct Asked {
  Asked() {
    REQUIRE(resolver.ask(kStart, kName, kId) == AskResult::asked);
    queries = take_queries(resolver);
  }
  void hear(Bytes message) { resolver.handle_message(kStart, {kResponder, true}, message); }

  Resolver resolver;
  std::size_t queries = 0;
};

TEST_CASE("a name is asked for by one query for each type, from a port and from the group",
          "[mdns][resolver]") {
  Resolver resolver;
  resolver.ask(kStart, "4F3C.local", kId);
  for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
    for (const bool as_member : {false, true}) {
      const auto query = resolver.poll_query();
      REQUIRE(query);
      CHECK(query->as_member == as_member);
      const auto message = parse_message(query->message);
      REQUIRE(message);
      CHECK(message->id == (as_member ? 0 : kId));
      CHECK(message->questions == std::vector{Question{*Name::parse(kName), type, !as_member}});
    }
  }
  CHECK_FALSE(resolver.poll_query());
}

TEST_CASE("the answer of a neighbour ends the lookup", "[mdns][resolver]") {
  Asked asked;
  asked.hear(response("4F3C.local", kIp));
  const auto answer = asked.resolver.poll_answer();
  REQUIRE(answer);
  CHECK(answer->name == kName);
  CHECK(answer->error == AnswerError::none);
  CHECK(answer->address == kIp);
  CHECK(asked.resolver.is_idle());
  CHECK(asked.resolver.deadline() == kNever);
}

TEST_CASE("an answer for a name that was not asked is not taken", "[mdns][resolver]") {
  Asked asked;
  asked.hear(response("4f3d.local", kIp));
  CHECK_FALSE(asked.resolver.poll_answer());
  // Nor is it remembered.
  asked.resolver.ask(kStart, "4f3d.local", kId);
  CHECK_FALSE(asked.resolver.poll_answer());
}

TEST_CASE("an answer to the asking port has to repeat the id", "[mdns][resolver]") {
  Asked asked;
  asked.resolver.handle_message(kStart, {kResponder, false}, legacy_response(kId + 1));
  CHECK_FALSE(asked.resolver.poll_answer());
  asked.resolver.handle_message(kStart, {kResponder, false}, legacy_response(kId));
  CHECK(asked.resolver.poll_answer());
}

TEST_CASE("what is no response from the port 5353 is not taken", "[mdns][resolver]") {
  Asked asked;
  asked.resolver.handle_message(kStart, {{kIp, 5354}, true}, response(kName, kIp));
  auto query = response(kName, kIp);
  query[2] = 0;  // the flags of a query
  asked.hear(query);
  asked.hear(as_bytes("rubbish"));
  asked.hear({});
  CHECK_FALSE(asked.resolver.poll_answer());
}

TEST_CASE("a record that is taken back is no answer", "[mdns][resolver]") {
  Asked asked;
  asked.hear(DnsBytes()
                 .header(kResponse, 0, 1)
                 .label("4f3c")
                 .label("local")
                 .u8(0)
                 .a_record({192, 168, 1, 2}, 0));
  CHECK_FALSE(asked.resolver.poll_answer());
}

TEST_CASE("three tries, a second and two apart, then four of waiting", "[mdns][resolver]") {
  Asked asked;
  CHECK(asked.queries == 4);
  Timestamp now = kStart;
  for (const Duration wait : {1s, 2s}) {
    asked.resolver.handle_timeout(now + wait - 1us);
    CHECK(take_queries(asked.resolver) == 0);
    now += wait;
    CHECK(asked.resolver.deadline() == now);
    asked.resolver.handle_timeout(now);
    CHECK(take_queries(asked.resolver) == 4);
  }
  CHECK(asked.resolver.deadline() == now + 4s);
  asked.resolver.handle_timeout(now + 4s);
  CHECK(take_queries(asked.resolver) == 0);
  CHECK(asked.resolver.poll_answer()->error == AnswerError::silence);
  CHECK(asked.resolver.deadline() == kNever);
}

TEST_CASE("an implausible address ends no lookup, and is told at the end", "[mdns][resolver]") {
  Asked asked;
  asked.hear(response(kName, IpAddress::v4(198, 51, 100, 1)));
  CHECK_FALSE(asked.resolver.poll_answer());
  SECTION("the neighbour's own answer may follow") {
    asked.hear(response(kName, kIp));
    CHECK(asked.resolver.poll_answer()->error == AnswerError::none);
  }
  SECTION("or nothing") {
    for (const Duration at : {1s, 3s, 7s}) asked.resolver.handle_timeout(kStart + at);
    CHECK(asked.resolver.poll_answer()->error == AnswerError::implausible);
  }
}

TEST_CASE("an address in the network of an own one is taken", "[mdns][resolver]") {
  Asked asked;
  asked.resolver.set_own_addresses({IpAddress::v4(198, 51, 100, 9)});
  asked.hear(response(kName, IpAddress::v4(198, 51, 100, 1)));
  CHECK(asked.resolver.poll_answer()->error == AnswerError::none);
}

TEST_CASE("a name with two addresses is not resolved", "[mdns][resolver]") {
  Asked asked;
  asked.hear(DnsBytes()
                 .header(kResponse, 0, 2)
                 .label("4f3c")
                 .label("local")
                 .u8(0)
                 .a_record({192, 168, 1, 2})
                 .pointer(12)
                 .a_record({192, 168, 1, 3}));
  CHECK(asked.resolver.poll_answer()->error == AnswerError::several);
}

TEST_CASE("an answer is remembered for its time, and for two minutes at most", "[mdns][resolver]") {
  Asked asked;
  const std::uint32_t ttl = GENERATE(60u, 1'000'000u);
  const Duration known_for = std::min<Duration>(std::chrono::seconds(ttl), kCachedMax);
  asked.hear(DnsBytes()
                 .header(kResponse, 0, 1)
                 .label("4f3c")
                 .label("local")
                 .u8(0)
                 .a_record({192, 168, 1, 2}, ttl));
  asked.resolver.poll_answer();
  asked.resolver.ask(kStart + known_for - 1us, kName, kId);
  CHECK(asked.resolver.poll_answer()->address == kIp);
  CHECK(take_queries(asked.resolver) == 0);
  asked.resolver.ask(kStart + known_for, kName, kId);
  CHECK_FALSE(asked.resolver.poll_answer());
  CHECK(take_queries(asked.resolver) == 4);
}

TEST_CASE("asking twice for a name costs once", "[mdns][resolver]") {
  Asked asked;
  CHECK(asked.resolver.ask(kStart, "4F3C.LOCAL", kId) == AskResult::asked);
  CHECK(take_queries(asked.resolver) == 0);
  asked.hear(response(kName, kIp));
  CHECK(asked.resolver.poll_answer());
  CHECK_FALSE(asked.resolver.poll_answer());
}

TEST_CASE("names that are not of the local network are not asked for", "[mdns][resolver]") {
  Resolver resolver;
  const char* name = GENERATE("example.org", "a.b.local", "local", "", "a local");
  CHECK(resolver.ask(kStart, name, kId) == AskResult::not_local);
  CHECK_FALSE(resolver.poll_query());
}

TEST_CASE("only so many names are looked up at a time", "[mdns][resolver]") {
  Resolver resolver;
  const auto name = [](std::size_t i) { return std::to_string(i) + ".local"; };
  for (std::size_t i = 0; i < kNamesMax; ++i) {
    REQUIRE(resolver.ask(kStart, name(i), kId) == AskResult::asked);
  }
  CHECK(resolver.ask(kStart, name(kNamesMax), kId) == AskResult::limit);
  resolver.forget(name(3));
  CHECK(resolver.ask(kStart, name(kNamesMax), kId) == AskResult::asked);
}

TEST_CASE("the oldest remembered name makes room", "[mdns][resolver]") {
  Resolver resolver;
  const auto name = [](std::size_t i) { return std::to_string(i) + ".local"; };
  for (std::size_t i = 0; i <= kCachedNamesMax; ++i) {
    resolver.ask(kStart, name(i), kId);
    resolver.handle_message(kStart, {kResponder, true}, response(name(i), kIp));
    resolver.poll_answer();
  }
  take_queries(resolver);
  resolver.ask(kStart, name(1), kId);
  CHECK(take_queries(resolver) == 0);
  resolver.ask(kStart, name(0), kId);
  CHECK(take_queries(resolver) == 4);
}

}  // namespace
}  // namespace floe::mdns::test
