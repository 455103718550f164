// Agents of the C API that encrypt, and what they refuse.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "c/c_certificate.h"
#include "c/c_pair.h"

using namespace floe;
using namespace floe::testing;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

void encrypt(floe_agent_config& config) {
  config.dtls = 1;
}

CAgent::Options encrypted(floe_role role) {
  return {.role = role, .configure = encrypt};
}

struct SecurePair : CPair {
  SecurePair() : CPair(encrypted(FLOE_ROLE_CONTROLLING), encrypted(FLOE_ROLE_CONTROLLED)) {}
};

/// What the agent says last.
TakenOutput::Security security_in(const std::vector<TakenOutput>& outputs) {
  const auto said = CPair::of(outputs, FLOE_OUTPUT_SECURE);
  REQUIRE_FALSE(said.empty());
  return said.back().security;
}

std::vector<std::string> data_in(const std::vector<TakenOutput>& outputs) {
  std::vector<std::string> data;
  for (const auto& output : CPair::of(outputs, FLOE_OUTPUT_DATA)) data.push_back(output.bytes);
  return data;
}

/// RFC 7983.
bool is_dtls(const std::string& datagram) {
  return !datagram.empty() && datagram[0] >= 20 && datagram[0] <= 63;
}

struct Lines {
  std::vector<std::string> lines;

  void listen(floe_agent_config& config) {
    config.log = [](void* user, floe_log_level level, const char* area, const char* text) {
      static_cast<Lines*>(user)->lines.push_back(std::to_string(level) + " " + area + ": " + text);
    };
    config.log_user = this;
  }
};

}  // namespace

TEST_CASE("two agents of the C API with DTLS encrypt what they send", "[c]") {
  SecurePair pair;
  CHECK(pair.left.send("early") == FLOE_ERROR_NOT_CONNECTED);
  pair.run_until(1'000'000);
  REQUIRE(CPair::reached(pair.left_outputs, FLOE_STATE_COMPLETED));
  REQUIRE(CPair::reached(pair.right_outputs, FLOE_STATE_CONNECTED));
  const auto left = security_in(pair.left_outputs);
  const auto right = security_in(pair.right_outputs);
  CHECK(left.fingerprint == right.peer_fingerprint);
  CHECK(left.peer_fingerprint == right.fingerprint);
  CHECK(left.fingerprint != right.fingerprint);
  CHECK_FALSE(left.words.empty());
  CHECK(left.words == right.words);
  CHECK(left.protocol == "DTLS 1.2");
  CHECK_THAT(left.cipher, StartsWith("TLS_ECDHE_ECDSA_"));

  CHECK(pair.left.send("to the right") == FLOE_OK);
  CHECK(pair.right.send("") == FLOE_OK);
  pair.run_until(1'000'001);
  CHECK(data_in(pair.right_outputs) == std::vector<std::string>{"to the right"});
  CHECK(data_in(pair.left_outputs) == std::vector<std::string>{""});
  for (const auto& output : pair.left_outputs) {
    if (output.is(FLOE_OUTPUT_TRANSMIT)) CHECK_THAT(output.bytes, !ContainsSubstring("the right"));
  }
}

TEST_CASE("an agent of the C API is connected when DTLS is through", "[c]") {
  SecurePair pair;
  bool is_open = false;
  pair.link = [&](const std::string& datagram) { return is_open || !is_dtls(datagram); };
  pair.run_until(5'000'000);
  CHECK_FALSE(CPair::of(pair.left_outputs, FLOE_OUTPUT_SELECTED_PAIR).empty());
  CHECK_FALSE(CPair::reached(pair.left_outputs, FLOE_STATE_CONNECTED));
  CHECK(pair.left.send("early") == FLOE_ERROR_NOT_CONNECTED);
  std::string expected;
  SECTION("later") {
    is_open = true;
  }
  SECTION("never") {
    expected = "handshake-timeout";
  }
  pair.run_until(60'000'000);
  CHECK(CPair::reached(pair.left_outputs, FLOE_STATE_CONNECTED) == expected.empty());
  // The first end whose patience is over tells the other by its bye.
  auto insecure = CPair::of(pair.left_outputs, FLOE_OUTPUT_INSECURE);
  if (insecure.empty()) insecure = CPair::of(pair.right_outputs, FLOE_OUTPUT_INSECURE);
  CHECK((insecure.empty() ? "" : insecure[0].security.code) == expected);
}

TEST_CASE("an encrypted datagram of the C API has a limit of its own", "[c]") {
  SecurePair pair;
  pair.run_until(1'000'000);
  CHECK(pair.left.send(std::string(16'384, 'x')) == FLOE_OK);
  CHECK(pair.left.send(std::string(16'385, 'x')) == FLOE_ERROR_TOO_BIG);
  CHECK(pair.left.send(std::string(65'508, 'x')) == FLOE_ERROR_TOO_BIG);
  CHECK(pair.left.counters().not_sent_too_big == 2);
  pair.run_until(1'000'001);
  CHECK(data_in(pair.right_outputs) == std::vector{std::string(16'384, 'x')});
}

TEST_CASE("an agent of the C API that encrypts has no peer in plaintext", "[c]") {
  Lines log;
  const auto logged = [&](floe_agent_config& config) {
    encrypt(config);
    log.listen(config);
  };
  const bool is_left = GENERATE(true, false);
  CAgent::Options left{.role = FLOE_ROLE_CONTROLLING};
  CAgent::Options right{.role = FLOE_ROLE_CONTROLLED};
  (is_left ? left : right).configure = logged;
  CPair pair(left, right);
  pair.run_until(1'000'000);
  const auto& own = is_left ? pair.left_outputs : pair.right_outputs;
  const auto& others = is_left ? pair.right_outputs : pair.left_outputs;
  const auto insecure = CPair::of(own, FLOE_OUTPUT_INSECURE);
  REQUIRE(insecure.size() == 1);
  CHECK(insecure[0].security.code == "not-encrypted");
  CHECK_THAT(insecure[0].bytes, ContainsSubstring("switch DTLS on at the peer"));
  CHECK(log.lines == std::vector{"4 dtls: not-encrypted: " + insecure[0].bytes});
  REQUIRE(own.back().is(FLOE_OUTPUT_STATE));
  CHECK(own.back().raw.state.state == FLOE_STATE_CLOSED);
  CHECK(own.back().raw.state.by_peer == 0);
  REQUIRE(others.back().is(FLOE_OUTPUT_STATE));
  CHECK(others.back().raw.state.state == FLOE_STATE_CLOSED);
  CHECK(others.back().raw.state.by_peer == 1);
}

TEST_CASE("an agent of the C API knows its peer by the certificate", "[c]") {
  const CCertificate own(11);
  Lines log;
  std::string expected = own.fingerprint;
  std::string code;
  SECTION("the right one") {}
  SECTION("another one") {
    expected[0] = expected[0] == '0' ? '1' : '0';
    code = "not-expected";
  }
  const char* const texts[] = {expected.c_str()};
  CAgent::Options left{.role = FLOE_ROLE_CONTROLLING};
  left.configure = [&](floe_agent_config& config) {
    encrypt(config);
    log.listen(config);
    config.expected_fingerprints = texts;
    config.expected_fingerprint_count = 1;
  };
  CAgent::Options right{.role = FLOE_ROLE_CONTROLLED};
  right.configure = [&](floe_agent_config& config) {
    encrypt(config);
    own.set(config);
  };
  CPair pair(left, right);
  pair.run_until(1'000'000);
  REQUIRE_FALSE(log.lines.empty());
  if (code.empty()) {
    CHECK(security_in(pair.left_outputs).peer_fingerprint == own.fingerprint);
    CHECK_THAT(log.lines.back(),
               StartsWith("2 dtls: encrypted; the peer's certificate has the fingerprint " +
                          own.fingerprint + ", the words are: "));
  } else {
    CHECK(CPair::of(pair.left_outputs, FLOE_OUTPUT_SECURE).empty());
    CHECK(CPair::of(pair.left_outputs, FLOE_OUTPUT_INSECURE).at(0).security.code == code);
  }
}

TEST_CASE("an agent of the C API refuses what it cannot encrypt with, by the name of the member",
          "[c]") {
  const CCertificate own(11), other(12);
  const char* texts[] = {own.fingerprint.c_str(), "AB:CD"};
  sim::SeededRandom random(1);
  Lines log;
  floe_agent_config config = CAgent::configuration(random);
  encrypt(config);
  log.listen(config);
  own.set(config);
  config.expected_fingerprints = texts;
  config.expected_fingerprint_count = 1;
  std::string expected;
  SECTION("nothing") {}
  SECTION("a certificate without a key") {
    config.key = nullptr;
    config.key_size = 0;
    expected = "`dtls` is 1: `certificate` and `key`, and the size of each, must be set together";
  }
  SECTION("a certificate without a size") {
    config.certificate_size = 0;
    expected = "`dtls` is 1: `certificate` and `key`, and the size of each, must be set together";
  }
  SECTION("a key of which there is only the size") {
    config.key = nullptr;
    expected = "`dtls` is 1: `certificate` and `key`, and the size of each, must be set together";
  }
  SECTION("something else than a certificate") {
    config.certificate = "text";
    config.certificate_size = 4;
    expected = "`dtls` is 1: `certificate` and `key`: the certificate is neither PEM nor DER";
  }
  SECTION("the key of another certificate") {
    config.key = other.key.data();
    config.key_size = other.key.size();
    expected = "`dtls` is 1: `certificate` and `key`: the key is that of another certificate";
  }
  SECTION("something else than a fingerprint") {
    config.expected_fingerprint_count = 2;
    expected = "`dtls` is 1: `expected_fingerprints`: \"AB:CD\" is not the SHA-256";
  }
  SECTION("no fingerprint") {
    texts[0] = nullptr;
    expected = "`dtls` is 1: `expected_fingerprints` has a NULL in it";
  }
  SECTION("no fingerprints") {
    config.expected_fingerprints = nullptr;
    expected = "`dtls` is 1: `expected_fingerprints` is NULL, and its count not 0";
  }
  SECTION("plaintext, for all that") {
    config.dtls = 0;
    expected = "`certificate`, `key` and `expected_fingerprints` need `dtls`";
  }
  floe_agent* agent = nullptr;
  CHECK(floe_agent_create(&config, &agent) == (expected.empty() ? FLOE_OK : FLOE_ERROR_ARGUMENT));
  floe_agent_destroy(agent);
  REQUIRE(log.lines.size() == (expected.empty() ? 0 : 1));
  if (!expected.empty()) {
    CHECK_THAT(log.lines.front(), StartsWith("4 api: floe_agent_config: " + expected));
  }
}
