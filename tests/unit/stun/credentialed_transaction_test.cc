#include "floe/stun/credentialed_transaction.h"

#include <malloc.h>
#include <catch2/catch_test_macros.hpp>
#include <catch2/catch_tostring.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>

#include "floe/sim/seeded_random.h"
#include "floe/stun/attributes/address.h"
#include "stun/raw_message.h"
#include "stun/realm_server.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;
using State = CredentialedTransaction::State;

template <>
struct Catch::StringMaker<State> {
  static std::string convert(State state) {
    constexpr const char* kNames[] = {"fresh", "waiting", "answered", "refused", "timed out"};
    return kNames[static_cast<std::size_t>(state)];
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
  State run(CredentialedTransaction& transaction, RealmServer& server, Timestamp now) {
    transaction.start(now);
    for (round_trips = 0; round_trips < 10; ++round_trips) {
      const auto request = transaction.poll_output();
      if (!request) break;
      const auto answer = server.ask(now, *request);
      REQUIRE(answer);
      transaction.handle_response(now, *answer);
    }
    return transaction.state();
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

/// The request that is to be sent now, which must be there.
ByteVector request_of(CredentialedTransaction& transaction) {
  const auto request = transaction.poll_output();
  REQUIRE(request);
  CHECK_FALSE(transaction.poll_output());
  return ByteVector(request->begin(), request->end());
}

/// The message changes nothing, and causes none.
bool is_ignored(CredentialedTransaction& transaction, const MessageView& message) {
  const State before = transaction.state();
  const Timestamp deadline = transaction.deadline();
  transaction.handle_response(kNow, message);
  return transaction.state() == before && transaction.deadline() == deadline &&
         !transaction.poll_output();
}

}  // namespace

TEST_CASE("a request is answered after one challenge, the next at once", "[stun][credentials]") {
  for (const bool hides : {false, true}) {
    RealmServer server({.realm = "example.org", .offers_userhash = hides});
    Client client;
    auto first = client.transaction();
    CHECK(client.run(first, server, kNow) == State::answered);
    CHECK(client.round_trips == 2);
    auto second = client.transaction();
    CHECK(client.run(second, server, kNow) == State::answered);
    CHECK(client.round_trips == 1);
  }
}

TEST_CASE("a request is answered by servers of before RFC 8489", "[stun][credentials]") {
  RealmServer server({.realm = "example.org", .algorithms = {}});
  Client client;
  auto transaction = client.transaction();
  CHECK(client.run(transaction, server, kNow) == State::answered);
}

TEST_CASE("a stale nonce costs one round trip and no more", "[stun][credentials]") {
  RealmServer server;
  Client client;
  for (int day = 0; day < 50; ++day) {
    auto transaction = client.transaction();
    CHECK(client.run(transaction, server, kNow + day * 24h) == State::answered);
    CHECK(client.round_trips == 2);
  }
}

TEST_CASE("a wrong password is refused after one try", "[stun][credentials]") {
  RealmServer server;
  Client client({"alice", "wrong"});
  auto transaction = client.transaction();
  CHECK(client.run(transaction, server, kNow) == State::refused);
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
  const auto challenge = server.ask(kNow, request_of(transaction));
  transaction.handle_response(kNow, *challenge);
  CHECK(ids.insert(transaction.id()).second);
  const ByteVector second = request_of(transaction);
  CHECK(view(second).transaction_id() == transaction.id());
  // The challenge once more, as the network may deliver it.
  CHECK(is_ignored(transaction, *challenge));
}

TEST_CASE("a request that waits keeps no more memory than it is long", "[stun][credentials]") {
  RealmServer server;
  Client client;
  auto transaction = client.transaction();
  transaction.start(kNow);
  for (int i = 0; i < 2; ++i) {
    const auto request = transaction.poll_output();
    REQUIRE(request);
    // Its bytes begin where their memory does.
    const std::size_t kept = malloc_usable_size(const_cast<std::uint8_t*>(request->data()));
    CHECK(kept >= request->size());
    CHECK(kept < request->size() + 64);
    transaction.handle_response(kNow, *server.ask(kNow, *request));
  }
  CHECK(transaction.state() == State::answered);
}

TEST_CASE("a retransmission is the request as it was, and a new request starts anew",
          "[stun][credentials]") {
  RealmServer server;
  Client client;
  auto transaction = client.transaction();
  transaction.start(kNow);
  const ByteVector first = request_of(transaction);
  CHECK(transaction.deadline() == kNow + 500ms);
  transaction.handle_timeout(kNow + 499ms);
  CHECK_FALSE(transaction.poll_output());
  transaction.handle_timeout(kNow + 500ms);
  const ByteVector again = request_of(transaction);
  CHECK(equal(again, first));
  CHECK(transaction.deadline() == kNow + 1500ms);
  const auto challenge = server.ask(kNow, again);
  transaction.handle_response(kNow + 600ms, *challenge);
  CHECK_FALSE(equal(request_of(transaction), first));
  CHECK(transaction.deadline() == kNow + 1100ms);
}

TEST_CASE("nobody there is a timeout, forged answers are a violation", "[stun][credentials]") {
  RealmServer server;
  Client client;
  auto first = client.transaction();
  REQUIRE(client.run(first, server, kNow) == State::answered);
  for (const bool forged : {false, true}) {
    auto transaction = client.transaction();
    transaction.start(kNow);
    (void)request_of(transaction);
    if (forged) {
      std::array<std::uint8_t, 64> buffer;
      const auto bytes =
          MessageBuilder(buffer, Class::success, Method::binding, transaction.id()).finish();
      CHECK(is_ignored(transaction, view(*bytes)));
    }
    int sends = 1;
    while (transaction.deadline() != kNever) {
      transaction.handle_timeout(transaction.deadline());
      if (transaction.poll_output()) ++sends;
    }
    CHECK(transaction.state() == State::timed_out);
    CHECK(sends == kSendCountMax);
    CHECK(transaction.was_heard() == forged);
  }
}

TEST_CASE("over TCP a request is sent once and waits for 39.5 seconds", "[stun][credentials]") {
  Client client;
  auto transaction = client.transaction({.is_reliable = true});
  transaction.start(kNow);
  CHECK(transaction.deadline() == kNow + kReliableTimeout);
  (void)request_of(transaction);
  transaction.handle_timeout(kNow + kReliableTimeout);
  CHECK(transaction.state() == State::timed_out);
  CHECK_FALSE(transaction.poll_output());
}

// RFC 8489, section 9.2.5: "the layer MUST immediately end the transaction and signal that the
// integrity protection was violated".
TEST_CASE("over TCP a forged answer ends the transaction at once, and is named",
          "[stun][credentials]") {
  RealmServer server;
  Client client;
  auto first = client.transaction();
  REQUIRE(client.run(first, server, kNow) == State::answered);
  auto transaction = client.transaction({.is_reliable = true});
  transaction.start(kNow);
  (void)request_of(transaction);
  CHECK(transaction.silence() == "the server does not answer");
  std::array<std::uint8_t, 128> buffer;
  SECTION("without a MAC") {
    transaction.handle_response(
        kNow,
        view(*MessageBuilder(buffer, Class::success, Method::binding, transaction.id()).finish()));
    CHECK(transaction.silence() == "the server's answers are not signed");
    CHECK(transaction.state() == State::timed_out);
  }
  SECTION("with another one") {
    const auto key = client.crypto.hmac_sha1(as_bytes("another key"));
    transaction.handle_response(
        kNow, view(*MessageBuilder(buffer, Class::success, Method::binding, transaction.id())
                        .add_message_integrity(*key)
                        .finish()));
    CHECK(transaction.silence() == "the server's answers are not signed with this password");
    CHECK(transaction.state() == State::timed_out);
  }
  SECTION("but not a 400, which is as if it were never received") {
    transaction.handle_response(
        kNow, view(*MessageBuilder(buffer, Class::error, Method::binding, transaction.id())
                        .add(ErrorCode{kBadRequest, "no"})
                        .finish()));
    CHECK(transaction.silence() == "the server calls the signed request bad (400)");
    CHECK(transaction.state() == State::waiting);
  }
}

TEST_CASE("what is not the answer changes nothing", "[stun][credentials]") {
  Client client;
  auto transaction = client.transaction();
  CHECK(is_ignored(transaction, view(RawMessage(0x0101).bytes())));
  transaction.start(kNow);
  (void)request_of(transaction);
  std::array<std::uint8_t, 64> buffer;
  const auto message = [&](Class message_class, Method method, const TransactionId& id) {
    return view(*MessageBuilder(buffer, message_class, method, id).finish());
  };
  CHECK(is_ignored(transaction, message(Class::success, Method::binding, {})));
  CHECK(is_ignored(transaction, message(Class::request, Method::binding, transaction.id())));
  CHECK(is_ignored(transaction, message(Class::indication, Method::binding, transaction.id())));
  CHECK(is_ignored(transaction, message(Class::success, static_cast<Method>(3), transaction.id())));
  transaction.handle_response(kNow, message(Class::success, Method::binding, transaction.id()));
  CHECK(transaction.state() == State::answered);
  CHECK(is_ignored(transaction, message(Class::success, Method::binding, transaction.id())));
}

// It may be forged, unless the server signed it or the stream brought it.
TEST_CASE("an answer that cannot be understood is kept in mind, or ends the transaction",
          "[stun][credentials]") {
  const bool is_error = GENERATE(false, true);
  const bool is_reliable = GENERATE(false, true);
  CAPTURE(is_error, is_reliable);
  Client client;
  auto transaction = client.transaction({.is_reliable = is_reliable});
  transaction.start(kNow);
  std::array<std::uint8_t, 64> buffer;
  MessageBuilder builder(buffer, is_error ? Class::error : Class::success, Method::binding,
                         transaction.id());
  if (!is_error) builder.add(PlainAddress<static_cast<AttributeType>(0x7001)>{});
  transaction.handle_response(kNow, view(*builder.finish()));
  CHECK(transaction.silence() == (is_error ? "the answer is an error without a code"
                                           : "the answer has required attributes unknown here"));
  CHECK(transaction.was_heard());
  if (is_reliable) {
    CHECK(transaction.state() == State::refused);
    CHECK(transaction.refusal() == Refusal::not_understood);
  } else {
    CHECK(transaction.state() == State::waiting);
    transaction.handle_response(
        kNow,
        view(*MessageBuilder(buffer, Class::success, Method::binding, transaction.id()).finish()));
    CHECK(transaction.state() == State::answered);
  }
}

TEST_CASE("an answer of the server's own that cannot be understood is the last one",
          "[stun][credentials]") {
  Client client;
  RealmServer server;
  auto transaction = client.transaction();
  transaction.start(kNow);
  transaction.handle_response(kNow, *server.ask(kNow, request_of(transaction)));
  (void)request_of(transaction);
  const ByteVector key =
      long_term_key(client.crypto, PasswordHash::md5, "alice", "example.org", "secret");
  std::array<std::uint8_t, 128> buffer;
  transaction.handle_response(
      kNow, view(*MessageBuilder(buffer, Class::success, Method::binding, transaction.id())
                      .add(PlainAddress<static_cast<AttributeType>(0x7001)>{})
                      .add_message_integrity(*client.crypto.hmac_sha1(key))
                      .finish()));
  CHECK(transaction.state() == State::refused);
  CHECK(transaction.refusal() == Refusal::not_understood);
}

TEST_CASE("a request that fits into no message is refused at once", "[stun][credentials]") {
  Client client;
  const std::string text(kRequestSizeMax, 'x');
  CredentialedTransaction transaction(
      client.machine, client.random, Method::binding,
      [&](MessageBuilder& request) { request.add(Software{text}); });
  transaction.start(kNow);
  CHECK(transaction.state() == State::refused);
  CHECK_FALSE(transaction.poll_output());
  CHECK(transaction.refusal() == Refusal::too_long);
}

TEST_CASE("a request has FINGERPRINT where that is wanted", "[stun][credentials]") {
  for (const bool wanted : {false, true}) {
    Client client;
    auto transaction = client.transaction({.with_fingerprint = wanted});
    transaction.start(kNow);
    CHECK(view(request_of(transaction)).has_fingerprint() == wanted);
  }
}
