// Who may come in, and what those leave behind who may not.
#include <array>
#include <catch2/catch_test_macros.hpp>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/error_codes.h"
#include "floe/turn_server/authenticator_chain.h"
#include "stun/filler.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/string_makers.h"
#include "turn_client.h"

using namespace floe;
using namespace floe::testing;
using namespace floe::turn;

namespace {

ByteVector unsigned_allocate() {
  return RawMessage(0x0003).attribute(0x0019, "11000000").bytes();
}

struct Unknown {
  static constexpr auto kType = static_cast<stun::AttributeType>(0x7001);
  void write(ByteWriter& out, const stun::TransactionId&) const { out.u32(0); }
};

}  // namespace

TEST_CASE("who proved nothing gets a challenge and leaves nothing behind", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  client.send_raw(unsigned_allocate());
  const auto reply = client.reply();
  REQUIRE(reply);
  CHECK(reply->error() == stun::kUnauthenticated);
  client.password = "wrong";
  CHECK(client.allocate() == stun::kUnauthenticated);
  client.username = "mallory";
  CHECK(client.allocate() == stun::kUnauthenticated);
  CHECK(world.server.allocation_count() == 0);
  CHECK(world.host.opened == 0);
  CHECK(world.server.deadline() == kNever);
}

TEST_CASE("P51: a challenge has at most three times the bytes of the request", "[turn][server]") {
  turn::ServerConfig config = open_config();
  config.binding.software = std::string(100, 'x');
  TurnWorld world(config);
  TurnClient client(world, "192.0.2.7:5000");
  const ByteVector request = unsigned_allocate();
  client.send_raw(request);
  const auto reply = client.reply();
  REQUIRE(reply);
  CHECK(reply->bytes.size() + 28 <= 3 * (request.size() + 28));
}

TEST_CASE("P51: strangers of one network are answered at a limited rate", "[turn][server]") {
  turn::ServerConfig config = open_config();
  config.refusal_rate = {.per_second = 10, .burst = 20};
  TurnWorld world(config);
  const auto answers = [&](const char* address, int requests) {
    TurnClient client(world, address);
    int count = 0;
    for (int i = 0; i < requests; ++i) {
      client.send_raw(unsigned_allocate());
      if (client.reply()) ++count;
    }
    return count;
  };
  CHECK(answers("192.0.2.7:5000", 100) == 20);
  CHECK(answers("192.0.2.200:5000", 100) == 0);
  CHECK(answers("198.51.100.7:5000", 5) == 5);
  CHECK(world.server.counters().unanswered == 180);
  world.pass(1s);
  CHECK(answers("192.0.2.7:5000", 100) == 10);
}

TEST_CASE("a flood of Allocates does not keep a network from Binding", "[turn][server]") {
  turn::ServerConfig config = open_config();
  config.refusal_rate = {.per_second = 10, .burst = 20};
  config.binding_rate = {.per_second = 10, .burst = 20};
  TurnWorld world(config);
  const auto answers = [&](const ByteVector& request, int requests) {
    TurnClient client(world, "192.0.2.7:5000");
    int count = 0;
    for (int i = 0; i < requests; ++i) {
      client.send_raw(request);
      if (client.reply()) ++count;
    }
    return count;
  };
  CHECK(answers(unsigned_allocate(), 100) == 20);
  CHECK(answers(RawMessage().bytes(), 100) == 20);
  CHECK(answers(unsigned_allocate(), 1) == 0);
}

TEST_CASE("a Binding request needs no name", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  client.send_raw(RawMessage().bytes());
  const auto reply = client.reply();
  REQUIRE(reply);
  CHECK(reply->get<stun::XorMappedAddress>().address == at("192.0.2.7:5000"));
}

TEST_CASE("what a server has no answer to is counted", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  client.send_raw({});
  client.send_raw(as_bytes("\x16\x03\x01"));
  client.send_raw(RawMessage(0x0017).bytes());  // a Data indication
  client.send_raw(RawMessage(0x0103).bytes());  // an answer
  CHECK(world.server.counters().malformed == 2);
  CHECK(world.server.counters().ignored == 2);
  CHECK(world.host.to_clients.empty());
}

TEST_CASE("unknown required attributes are named in a 420, to users", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  const auto reply = client.ask(stun::Method::allocate, [](auto& b) { b.add(Unknown{}); });
  REQUIRE(reply);
  CHECK(reply->error() == stun::kUnknownAttribute);
  CHECK(reply->get<stun::UnknownAttributes>().types[0] == 0x7001);
}

TEST_CASE("a request that fills an MTU is served as a short one is", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  client.send_raw(RawMessage().fill(1192).fingerprint().bytes());
  const auto binding = client.reply();
  REQUIRE(binding);
  client.send_raw(RawMessage().fingerprint().bytes());
  CHECK(to_hex(binding->bytes) == to_hex(client.reply()->bytes));

  const auto fill = [](stun::MessageBuilder& builder) { builder.add(Filler{1000}); };
  REQUIRE(client.allocate(fill) == 0);
  CHECK(client.last_request().size() > 1000);
  const auto longer = client.ask(stun::Method::refresh, fill);
  const auto shorter = client.ask(stun::Method::refresh);
  REQUIRE(longer);
  REQUIRE(shorter);
  CHECK(longer->error() == 0);
  CHECK(longer->bytes.size() == shorter->bytes.size());
}

TEST_CASE("a 420 of a TURN server names eight attributes and repeats none", "[turn][server]") {
  TurnWorld world;
  TurnClient client(world, "192.0.2.7:5000");
  const auto reply = client.ask(stun::Method::allocate, [](auto& builder) {
    for (int i = 0; i < 20; ++i) builder.add(Unknown{});
    builder.add(Filler{800});
  });
  REQUIRE(reply);
  CHECK(reply->error() == stun::kUnknownAttribute);
  CHECK(reply->message().find(stun::AttributeType::unknown_attributes)->size() == 2 * 8);
  CHECK(reply->bytes.size() < 150);
}

TEST_CASE("a chain lets in whom any of its links knows", "[turn][server]") {
  TurnWorld world;
  NamedUsers others;
  others.users = {{"carol", "sesame"}};
  stun::LongTermAuthenticator second(world.crypto, others, {.realm = "example.org"},
                                     as_bytes("0123456789abcdef"));
  AuthenticatorChain chain({&world.door, &second});
  Server server({world.host, world.random, world.policy, chain, chain}, open_config());
  const auto error_of = [&](const char* name, const char* password) {
    TurnClient client(world, "192.0.2.7:5000", name, password);
    client.ask(stun::Method::refresh);
    world.host.to_clients.clear();
    server.handle_client_message(world.now, client.path, client.last_request());
    return client.reply()->error();
  };
  CHECK(error_of("alice", "secret") == kAllocationMismatch);
  CHECK(error_of("carol", "sesame") == kAllocationMismatch);
  CHECK(error_of("carol", "secret") == stun::kUnauthenticated);
}
