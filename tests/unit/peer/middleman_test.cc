// Somebody between the two ends, who can change each message of the signalling and each datagram.
#include <catch2/catch_test_macros.hpp>

#include "authentication_string.h"
#include "peer/secured_pair.h"

namespace floe::peer::test {
namespace {

using namespace std::chrono_literals;

std::string fingerprint_of(std::uint32_t seed) {
  signal::test::TestRandom random(seed);
  return generate_identity(random)->fingerprint();
}

void swap_fingerprints(signal::Message& message) {
  auto* description = std::get_if<signal::Description>(&message);
  if (description != nullptr) description->dtls->fingerprints[0].value = fingerprint_of(5);
}

TEST_CASE("a fingerprint that was changed on the way is noticed at both ends", "[peer][dtls]") {
  SecuredPair pair;
  pair.signalling = [&](SecuredEnd& from, signal::Message& message) {
    if (&from == &pair.left) swap_fingerprints(message);
    return true;
  };
  CHECK_FALSE(pair.connect());
  REQUIRE(pair.right.failures.size() == 1);
  CHECK(pair.right.failures[0].reason == SecurityFailure::fingerprint_mismatch);
  CHECK(pair.right.failures[0].message.find("fingerprint") != std::string::npos);
  // The alert or the bye comes first.
  CHECK((pair.left.bye == pair.right.failures[0].message || !pair.left.failures.empty()));
  CHECK(pair.left.connection.is_closed());
}

TEST_CASE("parameters that were taken away are noticed", "[peer][dtls]") {
  SecuredPair pair;
  pair.signalling = [](SecuredEnd&, signal::Message& message) {
    if (auto* description = std::get_if<signal::Description>(&message)) description->dtls.reset();
    return true;
  };
  CHECK_FALSE(pair.connect());
  REQUIRE(pair.right.failures.size() == 1);
  CHECK(pair.right.failures[0].reason == SecurityFailure::not_encrypted);
}

TEST_CASE("fingerprints that change later change nothing", "[peer][dtls]") {
  SecuredPair pair;
  REQUIRE(pair.connect());
  pair.signalling = [](SecuredEnd&, signal::Message& message) {
    swap_fingerprints(message);
    return true;
  };
  pair.left.connection.restart(pair.now);
  pair.run(3s);
  pair.send(pair.left, "still me");
  pair.run(100ms);
  CHECK(pair.right.received == std::vector<std::string>{"still me"});
  CHECK(pair.right.failures.empty());
}

TEST_CASE("only the expected certificate is taken", "[peer][dtls]") {
  signal::test::TestRandom random(8);
  const auto identity = generate_identity(random);
  SecuredPair known({.left = SecurityOptions{.expected = {identity->fingerprint()}},
                     .right = SecurityOptions{.identity = identity}});
  CHECK(known.connect());

  SecuredPair stranger({.left = SecurityOptions{.expected = {identity->fingerprint()}}});
  CHECK_FALSE(stranger.connect());
  REQUIRE(stranger.left.failures.size() == 1);
  CHECK(stranger.left.failures[0].reason == SecurityFailure::not_expected);

  SecuredPair nonsense({.left = SecurityOptions{.expected = {"no fingerprint"}}});
  CHECK_FALSE(nonsense.connect());
}

TEST_CASE("a number that was not promised ends the connection", "[peer][dtls]") {
  SecuredPair pair;
  pair.signalling = [](SecuredEnd&, signal::Message& message) {
    auto* reveal = std::get_if<signal::Reveal>(&message);
    if (reveal != nullptr) reveal->nonce[5] = reveal->nonce[5] == '0' ? '1' : '0';
    return true;
  };
  CHECK_FALSE(pair.connect());
  REQUIRE_FALSE(pair.left.failures.empty());
  CHECK(pair.left.failures[0].reason == SecurityFailure::false_reveal);
}

TEST_CASE("a number is told after the peer's promise has come", "[peer][dtls]") {
  SecuredPair pair;
  bool has_come = false;
  pair.signalling = [&](SecuredEnd& from, signal::Message& message) {
    if (&from == &pair.right && std::holds_alternative<signal::Description>(message)) {
      has_come = true;
    }
    if (&from == &pair.left && std::holds_alternative<signal::Reveal>(message)) CHECK(has_come);
    return true;
  };
  REQUIRE(pair.connect());
  CHECK(std::holds_alternative<signal::Description>(pair.left.told.front()));
  const auto* description = std::get_if<signal::Description>(&pair.left.told.front());
  CHECK(description->dtls->commitment.size() == 64);
}

TEST_CASE("words that come late are told when they come", "[peer][dtls]") {
  SecuredPair pair;
  std::optional<signal::Message> kept;
  pair.signalling = [&](SecuredEnd& from, signal::Message& message) {
    const bool keeps = &from == &pair.left && std::holds_alternative<signal::Reveal>(message);
    if (keeps) kept = message;
    return !keeps;
  };
  REQUIRE(pair.connect());
  REQUIRE(pair.right.secured.size() == 1);
  CHECK(pair.right.secured[0].words.empty());
  pair.right.connection.handle_message(pair.now, *kept);
  pair.run(100ms);
  pair.send(pair.right, "drains");
  REQUIRE(pair.right.secured.size() == 2);
  CHECK(pair.right.secured[1].words == pair.left.secured.back().words);
}

// The middleman knows both fingerprints and both promises, and may choose its own certificates and
// numbers. It tries to make the words of the two ends agree.
class Middleman {
 public:
  /// The words that `end` will show, if the middleman stands in for its peer with `own`.
  static std::string words(AuthenticationString& end, const std::string& of_end,
                           AuthenticationString& own, const std::string& of_own) {
    end.handle_commitment(own.commitment());
    REQUIRE(end.handle_nonce(own.nonce()));
    return end.words({.client = of_end, .server = of_own}, true);
  }
};

TEST_CASE("a middleman who tries a million certificates does not meet the words", "[peer][dtls]") {
  MbedtlsCrypto crypto;
  signal::test::TestRandom random(3);
  AuthenticationString left(random, crypto);
  AuthenticationString right(random, crypto);
  AuthenticationString to_left(random, crypto);
  AuthenticationString to_right(random, crypto);
  const std::string of_left = fingerprint_of(10);
  const std::string of_right = fingerprint_of(11);

  const std::string shown = Middleman::words(left, of_left, to_left, "certificate 0");
  right.handle_commitment(to_right.commitment());
  REQUIRE(right.handle_nonce(to_right.nonce()));
  // Were the right end's number known beforehand, a million certificates would reach two of the
  // four words some fifteen times.
  const auto two_words = [](const std::string& words) {
    return words.substr(0, words.find(' ', words.find(' ') + 1));
  };
  int half = 0;
  int whole = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const std::string words =
        right.words({.client = of_right, .server = "certificate " + std::to_string(i)}, true);
    half += two_words(words) == two_words(shown) ? 1 : 0;
    whole += words == shown ? 1 : 0;
  }
  CHECK(half > 3);
  CHECK(whole == 0);

  // It is not known, and the middleman's own number is promised: another one is refused.
  AuthenticationString better(random, crypto);
  AuthenticationString fresh(random, crypto);
  fresh.handle_commitment(to_right.commitment());
  CHECK_FALSE(fresh.handle_nonce(better.nonce()));
  CHECK(fresh.words({.client = of_right, .server = "certificate 1"}, true).empty());
}

}  // namespace
}  // namespace floe::peer::test
