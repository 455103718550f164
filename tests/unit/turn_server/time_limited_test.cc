// Names and passwords that expire, made by whoever shares a secret with the server.
#include "floe/turn_server/time_limited_accounts.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/stun/attributes/error_code.h"
#include "floe/turn/attributes/allocation.h"
#include "floe/turn/error_codes.h"
#include "floe/turn_server/authenticator_chain.h"
#include "turn_client.h"

using namespace floe;
using namespace floe::testing;
using namespace floe::turn;

namespace {

struct Calendar final : UnixClock {
  std::int64_t seconds_since_1970() const override { return seconds; }
  std::int64_t seconds = 1'700'000'000;
};

constexpr std::string_view kSecret = "north";

TimeLimitedAccounts accounts(Crypto& crypto, const Calendar& calendar,
                             std::string_view secret = kSecret) {
  return {crypto, as_bytes(secret), calendar};
}

}  // namespace

TEST_CASE("a time-limited password is the one that others make", "[turn][server]") {
  MbedtlsCrypto crypto;
  Calendar calendar;
  const auto users = accounts(crypto, calendar);
  // printf '%s' NAME | openssl dgst -sha1 -hmac north -binary | base64
  CHECK(users.password_of("1700003600:alice") == "wjwSXO2ch1B6VaLTLMy2Avn5O9o=");
  CHECK(users.password_of("1700003600") == "xF4I6gruVt/PjGbjajGu2UlidPk=");
}

TEST_CASE("a time-limited name ends at its time", "[turn][server]") {
  MbedtlsCrypto crypto;
  Calendar calendar;
  const auto users = accounts(crypto, calendar);
  CHECK(users.password_of("1700000001:alice"));
  CHECK_FALSE(users.password_of("1700000000:alice"));
  calendar.seconds += 1;
  CHECK_FALSE(users.password_of("1700000001:alice"));
  const TimeLimitedAccounts lenient(crypto, as_bytes(kSecret), calendar,
                                    TimeLimitedAccounts::kResidenceMax);
  CHECK(lenient.password_of("1700000001:alice"));
  calendar.seconds += 24 * 3600 - 1;
  CHECK(lenient.password_of("1700000001:alice"));
  calendar.seconds += 1;
  CHECK_FALSE(lenient.password_of("1700000001:alice"));
}

TEST_CASE("a name without a time is nobody's", "[turn][server]") {
  MbedtlsCrypto crypto;
  Calendar calendar;
  const auto users = accounts(crypto, calendar);
  for (const char* name :
       {"", ":", ":alice", "alice", "alice:1700003600", "17000036oo:alice", "+1700003600:alice",
        " 1700003600", "0x7fffffff", "99999999999999999999:alice"}) {
    CAPTURE(name);
    CHECK_FALSE(users.password_of(name));
  }
}

TEST_CASE("quotas are for the user in a time-limited name", "[turn][server]") {
  CHECK(TimeLimitedAccounts::user_of("1700003600:alice") == "alice");
  CHECK(TimeLimitedAccounts::user_of("1700003600:alice:phone") == "alice:phone");
  CHECK(TimeLimitedAccounts::user_of("1700003600").empty());
  CHECK(TimeLimitedAccounts::user_of("1700003601:").empty());
  CHECK(TimeLimitedAccounts::user_of("team:alice") == "team:alice");
}

namespace {

/// A server with two secrets, the old one and the new one.
struct Rotation {
  explicit Rotation(std::string_view name) {
    config.user_of = TimeLimitedAccounts::user_of;
    client.username = name;
    server.emplace(ServerParts{world.host, world.random, world.policy, newcomers, residents},
                   config);
  }

  int ask(stun::Method method, std::string_view secret, const TurnClient::Fill& fill) {
    client.password = *TimeLimitedAccounts(world.crypto, as_bytes(secret), calendar,
                                           TimeLimitedAccounts::kResidenceMax)
                           .password_of(client.username);
    client.ask(method, fill);
    world.host.to_clients.clear();
    server->handle_client_message(world.now, client.path, client.last_request());
    while (!world.host.opening.empty()) {
      const RelayId relay = world.host.opening.back();
      world.host.opening.pop_back();
      server->on_relay_opened(world.now, relay);
    }
    return client.reply()->error();
  }
  int allocate(std::string_view secret) {
    return ask(stun::Method::allocate, secret, [](auto& b) { b.add(RequestedTransport{}); });
  }
  int refresh(std::string_view secret) {
    return ask(stun::Method::refresh, secret, [](auto&) {});
  }

  TurnWorld world;
  Calendar calendar;
  stun::LongTermRealm realm{.realm = "example.org"};
  Bytes key = as_bytes("0123456789abcdef");
  using Accounts = TimeLimitedAccounts;
  Accounts strict_new{world.crypto, as_bytes("new"), calendar};
  Accounts strict_old{world.crypto, as_bytes("old"), calendar};
  Accounts lenient_new{world.crypto, as_bytes("new"), calendar, Accounts::kResidenceMax};
  stun::LongTermAuthenticator door_new{world.crypto, strict_new, realm, key};
  stun::LongTermAuthenticator door_old{world.crypto, strict_old, realm, key};
  stun::LongTermAuthenticator residents{world.crypto, lenient_new, realm, key};
  AuthenticatorChain newcomers{{&door_new, &door_old}};
  ServerConfig config = open_config();
  std::optional<Server> server;
  TurnClient client{world, "192.0.2.7:5000"};
};

}  // namespace

TEST_CASE("while a secret changes both the old and the new one let in", "[turn][server]") {
  Rotation net("1700003600:alice");
  CHECK(net.allocate("older") == stun::kUnauthenticated);
  CHECK(net.allocate("old") == 0);
  net.client.path.client.port = 5001;
  CHECK(net.allocate("new") == 0);
}

TEST_CASE("an allocation outlives the password that made it, and takes a later one",
          "[turn][server]") {
  Rotation net("1700003600:alice");
  REQUIRE(net.allocate("new") == 0);
  net.calendar.seconds += 7200;
  CHECK(net.refresh("new") == 0);
  net.client.username = "1700010000:alice";
  CHECK(net.refresh("new") == 0);
  net.client.username = "1700010000:bob";
  CHECK(net.refresh("new") == kWrongCredentials);
  net.client.username = "1700003600:alice";
  net.client.path.client.port = 5001;
  CHECK(net.allocate("new") == stun::kUnauthenticated);
}
