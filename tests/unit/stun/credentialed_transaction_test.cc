#include "floe/stun/credentialed_transaction.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/catch_tostring.hpp>
#include <set>

#include "floe/sim/seeded_random.h"
#include "floe/stun/attributes/address.h"
#include "stun/raw_message.h"
#include "stun/realm_server.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;
using Step = CredentialedTransaction::Step;

template <>
struct Catch::StringMaker<Step> {
  static std::string convert(Step step) {
    constexpr const char* kNames[] = {"wait", "send", "answered", "refused", "timed out"};
    return kNames[static_cast<std::size_t>(step)];
  }
};

namespace {

constexpr Timestamp kNow{100h};

struct Client {
  explicit Client(LongTermCredentials credentials = {"alice", "secret"})
      : machine(crypto, std::move(credentials)) {}

  CredentialedTransaction transaction(TransactionOptions options = {}) {
    return {machine, random, Method::binding,
            [](MessageBuilder& request) { request.add(Software{"floe"}); }, options};
  }
  /// Carries the request to the server and the answer back, until the transaction is over.
  Step run(CredentialedTransaction& transaction, RealmServer& server, Timestamp now) {
    Step step = transaction.start(now);
    for (round_trips = 0; step == Step::send && round_trips < 10; ++round_trips) {
      const auto answer = server.ask(now, transaction.request());
      REQUIRE(answer);
      step = transaction.receive(now, *answer);
    }
    return step;
  }

  MbedtlsCrypto crypto;
  sim::SeededRandom random{1};
  LongTermClient machine;
  int round_trips = 0;
};

MessageView view(Bytes bytes) {
  const auto message = MessageView::parse(bytes);
  REQUIRE(message);
  return *message;
}

}  // namespace

TEST_CASE("a request is answered after one challenge, the next at once", "[stun][credentials]") {
  for (const bool hides : {false, true}) {
    RealmServer server({.realm = "example.org", .offers_userhash = hides});
    Client client;
    auto first = client.transaction();
    CHECK(client.run(first, server, kNow) == Step::answered);
    CHECK(client.round_trips == 2);
    auto second = client.transaction();
    CHECK(client.run(second, server, kNow) == Step::answered);
    CHECK(client.round_trips == 1);
  }
}

TEST_CASE("a request is answered by servers of before RFC 8489", "[stun][credentials]") {
  RealmServer server({.realm = "example.org", .algorithms = {}});
  Client client;
  auto transaction = client.transaction();
  CHECK(client.run(transaction, server, kNow) == Step::answered);
}

TEST_CASE("a stale nonce costs one round trip and no more", "[stun][credentials]") {
  RealmServer server;
  Client client;
  for (int day = 0; day < 50; ++day) {
    auto transaction = client.transaction();
    CHECK(client.run(transaction, server, kNow + day * 24h) == Step::answered);
    CHECK(client.round_trips == 2);
  }
}

TEST_CASE("a wrong password is refused after one try", "[stun][credentials]") {
  RealmServer server;
  Client client({"alice", "wrong"});
  auto transaction = client.transaction();
  CHECK(client.run(transaction, server, kNow) == Step::refused);
  CHECK(client.round_trips == 2);
  CHECK(transaction.refusal() == Refusal::wrong_credentials);
  CHECK(transaction.deadline() == kNever);
}

TEST_CASE("another transaction id is used for each request", "[stun][credentials]") {
  RealmServer server;
  Client client;
  std::set<TransactionId> ids;
  auto transaction = client.transaction();
  transaction.start(kNow);
  CHECK(ids.insert(transaction.id()).second);
  const auto challenge = server.ask(kNow, transaction.request());
  CHECK(transaction.receive(kNow, *challenge) == Step::send);
  CHECK(ids.insert(transaction.id()).second);
  CHECK(view(transaction.request()).transaction_id() == transaction.id());
  // The challenge once more, as the network may deliver it.
  CHECK(transaction.receive(kNow, *challenge) == Step::wait);
}

TEST_CASE("a retransmission is the request as it was, and a new request starts anew",
          "[stun][credentials]") {
  RealmServer server;
  Client client;
  auto transaction = client.transaction();
  transaction.start(kNow);
  const ByteVector first(transaction.request().begin(), transaction.request().end());
  CHECK(transaction.deadline() == kNow + 500ms);
  CHECK(transaction.handle_timeout(kNow + 499ms) == Step::wait);
  CHECK(transaction.handle_timeout(kNow + 500ms) == Step::send);
  CHECK(equal(transaction.request(), first));
  CHECK(transaction.deadline() == kNow + 1500ms);
  const auto challenge = server.ask(kNow, transaction.request());
  CHECK(transaction.receive(kNow + 600ms, *challenge) == Step::send);
  CHECK(transaction.deadline() == kNow + 1100ms);
}

TEST_CASE("nobody there is a timeout, forged answers are a violation", "[stun][credentials]") {
  RealmServer server;
  Client client;
  auto first = client.transaction();
  REQUIRE(client.run(first, server, kNow) == Step::answered);
  for (const bool forged : {false, true}) {
    auto transaction = client.transaction();
    transaction.start(kNow);
    if (forged) {
      std::array<std::uint8_t, 64> buffer;
      const auto bytes =
          MessageBuilder(buffer, Class::success, Method::binding, transaction.id()).finish();
      CHECK(transaction.receive(kNow, view(*bytes)) == Step::wait);
    }
    Step step = Step::wait;
    int sends = 1;
    while (transaction.deadline() != kNever) {
      step = transaction.handle_timeout(transaction.deadline());
      if (step == Step::send) ++sends;
    }
    CHECK(step == Step::timed_out);
    CHECK(sends == kSendCountMax);
    CHECK(transaction.integrity_was_violated() == forged);
  }
}

TEST_CASE("over TCP a request is sent once and waits for 39.5 seconds", "[stun][credentials]") {
  Client client;
  auto transaction = client.transaction({.is_reliable = true});
  transaction.start(kNow);
  CHECK(transaction.deadline() == kNow + kReliableTimeout);
  CHECK(transaction.handle_timeout(kNow + kReliableTimeout) == Step::timed_out);
}

TEST_CASE("what is not the answer changes nothing", "[stun][credentials]") {
  Client client;
  auto transaction = client.transaction();
  CHECK(transaction.receive(kNow, view(RawMessage(0x0101).bytes())) == Step::wait);
  transaction.start(kNow);
  std::array<std::uint8_t, 64> buffer;
  const auto receive = [&](Class message_class, Method method, const TransactionId& id) {
    const auto bytes = MessageBuilder(buffer, message_class, method, id).finish();
    return transaction.receive(kNow, view(*bytes));
  };
  CHECK(receive(Class::success, Method::binding, {}) == Step::wait);
  CHECK(receive(Class::request, Method::binding, transaction.id()) == Step::wait);
  CHECK(receive(Class::indication, Method::binding, transaction.id()) == Step::wait);
  CHECK(receive(Class::success, static_cast<Method>(3), transaction.id()) == Step::wait);
  CHECK(receive(Class::success, Method::binding, transaction.id()) == Step::answered);
  CHECK(receive(Class::success, Method::binding, transaction.id()) == Step::wait);
}

TEST_CASE("an answer that cannot be understood ends the transaction", "[stun][credentials]") {
  for (const bool is_error : {false, true}) {
    Client client;
    auto transaction = client.transaction();
    transaction.start(kNow);
    std::array<std::uint8_t, 64> buffer;
    MessageBuilder builder(buffer, is_error ? Class::error : Class::success, Method::binding,
                           transaction.id());
    if (!is_error) builder.add(PlainAddress<static_cast<AttributeType>(0x7001)>{});
    CHECK(transaction.receive(kNow, view(*builder.finish())) == Step::refused);
    CHECK(transaction.refusal() == Refusal::not_understood);
  }
}

TEST_CASE("a request that fits into no message is refused at once", "[stun][credentials]") {
  Client client;
  const std::string text(kRequestSizeMax, 'x');
  CredentialedTransaction transaction(
      client.machine, client.random, Method::binding,
      [&](MessageBuilder& request) { request.add(Software{text}); });
  CHECK(transaction.start(kNow) == Step::refused);
  CHECK(transaction.refusal() == Refusal::too_long);
}

TEST_CASE("a request has FINGERPRINT where that is wanted", "[stun][credentials]") {
  for (const bool wanted : {false, true}) {
    Client client;
    auto transaction = client.transaction({.with_fingerprint = wanted});
    transaction.start(kNow);
    CHECK(view(transaction.request()).has_fingerprint() == wanted);
  }
}
