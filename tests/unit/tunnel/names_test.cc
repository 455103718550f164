// Names that a gateway resolves for its clients.
#include <catch2/catch_test_macros.hpp>

#include "client_lookups.h"
#include "encoded_records.h"
#include "floe/tunnel/records/record_reader.h"
#include "tunnel_world.h"

using namespace floe;
using namespace floe::tunnel;
using namespace floe::tunnel::test;

namespace {

const IpAddress kFound = IpAddress::v4(198, 51, 100, 7);

/// Remembers what came of a name.
struct Told final : ResolveListener {
  int times = 0;
  std::vector<IpAddress> addresses;
  std::string error;

  void on_resolved(const std::vector<IpAddress>& found, std::string_view why) override {
    ++times;
    addresses = found;
    error = why;
  }
};

/// The records of one type that a session sent since the last time.
template <class R>
std::vector<R> sent(TestGateway& gateway) {
  std::vector<R> found;
  for (const ByteVector& message : gateway.messages) {
    RecordReader reader{message};
    while (const auto record = reader.next()) {
      if (const R* one = std::get_if<R>(&**record)) found.push_back(*one);
    }
  }
  return found;
}

/// A session that has greeted, without a client.
struct Greeted {
  TestGateway gateway;
  Timestamp now{std::chrono::seconds(50)};
  ServerSession session{now, gateway.channel, gateway, gateway, SessionLimits{}};

  Greeted() { send(Hello{1, 1, kServerCapabilities, {}}); }

  template <class... R>
  void send(const R&... records) {
    gateway.messages.clear();
    session.handle_message(now, encode(records...));
    session.flush(now);
  }
  void ask(std::uint16_t id) { send(Resolve{LookupId{id}, LookupFamily::any, "example.org"}); }
};

}  // namespace

TEST_CASE("a name asked before WELCOME is resolved by the gateway once it has come",
          "[tunnel][names]") {
  Tunnel tunnel;
  (*tunnel.names)["stun.example.org"] = {kFound, *IpAddress::parse("2001:db8::7")};
  Told told;
  const auto resolution = tunnel.client->resolve("stun.example.org", told);
  CHECK(told.times == 0);
  CHECK(tunnel.client->deadline() == kNever);
  tunnel.connect();
  REQUIRE(told.times == 1);
  CHECK(told.addresses == std::vector{kFound, *IpAddress::parse("2001:db8::7")});
  CHECK(told.error.empty());
}

TEST_CASE("why a name has no address is told in words", "[tunnel][names]") {
  Tunnel tunnel;
  tunnel.connect();
  Told told;
  SECTION("unknown") {
    const auto resolution = tunnel.client->resolve("nobody.example.org", told);
    tunnel.pump();
    CHECK(told.error == "no such host name");
  }
  SECTION("filtered") {
    tunnel.names.reset();
    const auto resolution = tunnel.client->resolve("intranet", told);
    tunnel.pump();
    tunnel.session.lookups().handle_resolved(LookupId{1}, LookupStatus::filtered, {});
    tunnel.pump();
    CHECK(told.error == "the gateway's policy denies all addresses of this name");
  }
  SECTION("no name at all, of which the gateway never hears") {
    for (const std::string& name : {std::string(), std::string(254, 'a'), std::string("::1"),
                                    std::string("a b"), std::string("\xc3\xa4")}) {
      told = {};
      const auto resolution = tunnel.client->resolve(name, told);
      CHECK(told.times == 0);
      tunnel.pump();
      CHECK(told.error == "not a host name");
    }
  }
  CHECK(told.times == 1);
  CHECK(told.addresses.empty());
  CHECK(tunnel.log.closed_count == 0);
}

TEST_CASE("a gateway that resolves no names is not asked", "[tunnel][names]") {
  TestClock clock;
  ClientLog log;
  MemoryChannels channels;
  Client client(channels, clock, log, {});
  channels.last->listener->on_channel_open();
  client.flush();
  channels.last->listener->on_channel_message(MessageKind::binary, encode(bare_welcome()));
  channels.last->outgoing.clear();
  Told told;
  const auto resolution = client.resolve("example.org", told);
  client.flush();
  CHECK(told.error.starts_with("the gateway does not resolve host names"));
  CHECK(channels.last->outgoing.empty());
}

TEST_CASE("more names than may be under way wait for their turn", "[tunnel][names]") {
  Tunnel tunnel;
  tunnel.connect();
  std::vector<Told> told(kMaxLookups + 3);
  std::vector<std::unique_ptr<Resolution>> resolutions;
  for (Told& one : told) resolutions.push_back(tunnel.client->resolve("nobody", one));
  tunnel.client->flush();
  CHECK(tunnel.channel->outgoing.size() == 1);
  tunnel.pump();
  for (const Told& one : told) {
    CHECK(one.times == 1);
    CHECK(one.error == "no such host name");
  }
}

TEST_CASE("a name that the gateway does not answer for is given up, and its id is not used again",
          "[tunnel][names]") {
  Tunnel tunnel;
  tunnel.connect();
  tunnel.advance(0s);  // the first PING
  tunnel.names.reset();
  Told told;
  const auto resolution = tunnel.client->resolve("slow", told);
  tunnel.pump();
  CHECK(tunnel.client->deadline() == tunnel.clock.time + kLookupPatience);
  tunnel.advance(kLookupPatience - 1ms);
  CHECK(told.times == 0);
  tunnel.advance(1ms);
  CHECK(told.error == "the gateway gave no answer within 5 seconds");
  Told next;
  const auto other = tunnel.client->resolve("slow", next);
  tunnel.pump();
  REQUIRE(tunnel.gateway.asked_names.size() == 2);
  CHECK(tunnel.gateway.asked_names[1].lookup == LookupId{2});
  tunnel.session.lookups().handle_resolved(LookupId{1}, LookupStatus::found, std::vector{kFound});
  tunnel.pump();
  CHECK(told.times == 1);
  CHECK(next.times == 0);
}

TEST_CASE("a resolution that is taken back hears nothing", "[tunnel][names]") {
  Tunnel tunnel;
  (*tunnel.names)["here"] = {kFound};
  tunnel.connect();
  tunnel.advance(0s);  // the first PING
  Told waiting;
  Told asked;
  auto first = tunnel.client->resolve("here", asked);
  tunnel.client->flush();
  auto second = tunnel.client->resolve("here", waiting);
  first.reset();
  second.reset();
  tunnel.pump();
  CHECK(asked.times + waiting.times == 0);
  CHECK(tunnel.client->deadline() > tunnel.clock.time + kLookupPatience);
}

TEST_CASE("names end with the tunnel, in each of its ways to end", "[tunnel][names]") {
  Tunnel tunnel;
  tunnel.connect();
  tunnel.names.reset();
  Told told;
  auto resolution = tunnel.client->resolve("slow", told);
  tunnel.pump();
  SECTION("closed here") {
    tunnel.client->close();
  }
  SECTION("closed there") {
    tunnel.session.close(ErrorCode::forbidden, "");
    tunnel.pump();
  }
  SECTION("destroyed") {
    tunnel.client.reset();
  }
  CHECK(told.times == 1);
  CHECK(told.error == "the connection to the gateway is closed");
  if (!tunnel.client) return;
  told = {};
  resolution = tunnel.client->resolve("late", told);
  CHECK(told.times == 0);
  tunnel.client->flush();
  CHECK(told.times == 1);
}

TEST_CASE("a listener may destroy what it asked for, and the client, from inside the answer",
          "[tunnel][names]") {
  struct Destroyer final : ResolveListener {
    std::unique_ptr<Client>* client = nullptr;
    std::vector<std::unique_ptr<Resolution>> resolutions;
    int times = 0;
    void on_resolved(const std::vector<IpAddress>&, std::string_view) override {
      ++times;
      resolutions.clear();
      if (client != nullptr) client->reset();
    }
  };
  Tunnel tunnel;
  tunnel.connect();
  Destroyer destroyer;
  SECTION("what it asked for") {}
  SECTION("the client") {
    destroyer.client = &tunnel.client;
  }
  for (int i = 0; i < 3; ++i) {
    destroyer.resolutions.push_back(tunnel.client->resolve("nobody", destroyer));
  }
  tunnel.pump();
  CHECK(destroyer.times == 1);
}

TEST_CASE("a session has a few lookups at a time, each under an id of its own", "[tunnel][names]") {
  Greeted greeted;
  for (std::uint16_t id = 1; id <= kMaxLookups; ++id) greeted.ask(id);
  CHECK(greeted.gateway.asked_names.size() == kMaxLookups);
  greeted.ask(1);
  CHECK(sent<tunnel::Error>(greeted.gateway).at(0).code == ErrorCode::id_in_use);
  greeted.ask(9);
  REQUIRE(sent<tunnel::Error>(greeted.gateway).size() == 1);
  CHECK(sent<tunnel::Error>(greeted.gateway)[0].code == ErrorCode::limit);
  CHECK(sent<tunnel::Error>(greeted.gateway)[0].about_id == 9);
  greeted.session.lookups().handle_resolved(LookupId{1}, LookupStatus::failed, {});
  greeted.session.lookups().handle_resolved(LookupId{1}, LookupStatus::failed, {});
  greeted.gateway.messages.clear();
  greeted.session.flush(greeted.now);
  CHECK(sent<Resolved>(greeted.gateway).size() == 1);
  greeted.ask(9);
  CHECK(greeted.gateway.asked_names.size() == kMaxLookups + 1);
}

TEST_CASE("a session begins only so many lookups in a second", "[tunnel][names]") {
  Greeted greeted;
  const auto ask_and_answer = [&] {
    greeted.ask(1);
    greeted.session.lookups().handle_resolved(LookupId{1}, LookupStatus::failed, {});
  };
  for (int i = 0; i < 2 * SessionLimits{}.lookups_per_second; ++i) ask_and_answer();
  CHECK(greeted.gateway.asked_names.size() == SessionLimits{}.lookups_per_second);
  greeted.now += 1s;
  ask_and_answer();
  CHECK(greeted.gateway.asked_names.size() == SessionLimits{}.lookups_per_second + 1u);
}

TEST_CASE("a client that is refused a lookup says so", "[tunnel][names]") {
  Tunnel tunnel;
  tunnel.connect();
  tunnel.names.reset();
  Told told;
  const auto resolution = tunnel.client->resolve("example.org", told);
  tunnel.client->flush();
  const ByteVector refusal = encode(tunnel::Error{
      ErrorCode::limit, static_cast<std::uint8_t>(RecordType::resolve), 1, "limit reached"});
  tunnel.channel->listener->on_channel_message(MessageKind::binary, refusal);
  CHECK(told.error == "limit reached");
}
