// Ends of the native C API in a room, which encrypt what they send, or do not.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>
#include <string>
#include <vector>

#include "c_end.h"
#include "floe/peer/identity.h"
#include "test_certificate.h"

namespace floe::rooms::test {
namespace {

using Keys = std::array<std::uint8_t, 60>;

constexpr const char* kLabel = "EXTRACTOR-dtls_srtp";

/// What the callbacks of security have said.
struct SecureEnd : End {
  using End::End;

  /// Joins with what `config` says beside the callbacks.
  void join(floe_room_config config) {
    config.on_secure = [](void* user, floe_connection* from, const floe_security* security) {
      SecureEnd& self = *static_cast<SecureEnd*>(static_cast<End*>(user));
      CHECK(security->size == sizeof *security);
      self.own.emplace_back(security->fingerprint);
      self.peers.emplace_back(security->peer_fingerprint);
      self.words = security->words;
      floe_security asked{};
      asked.size = sizeof asked;
      CHECK(floe_connection_security(from, &asked) == FLOE_OK);
      CHECK(asked.peer_fingerprint == self.peers.back());
      CHECK(asked.words == self.words);
      CHECK(asked.protocol == std::string("DTLS 1.2"));
      CHECK(asked.cipher == std::string(security->cipher));
    };
    config.on_insecure = [](void* user, floe_connection* from, const char* code, const char* text) {
      SecureEnd& self = *static_cast<SecureEnd*>(static_cast<End*>(user));
      self.codes.emplace_back(code);
      CHECK(floe_connection_explanation(from) == std::string(text));
    };
    REQUIRE(floe_room_join(host.get(), &config, nullptr) == FLOE_OK);
  }

  std::vector<std::string> own;
  std::vector<std::string> peers;
  std::string words;
  std::vector<std::string> codes;
};

floe_error export_keys(const End& end, std::uint16_t component, const char* label, Keys& keys) {
  return floe_connection_export_keying_material(end.connection, component, label, keys.data(),
                                                keys.size());
}

/// A certificate as a program has it in files.
struct PemIdentity {
  native::test::TestCertificate pem = native::test::make_certificate("device");

  std::string fingerprint(RandomSource& random) const {
    std::string problem;
    const auto parsed =
        peer::parse_identity(random, as_bytes(pem.certificate_pem), as_bytes(pem.key_pem), problem);
    REQUIRE(parsed);
    return parsed->fingerprint();
  }
  void set(floe_room_config& config) const {
    config.certificate = pem.certificate_pem.data();
    config.certificate_size = pem.certificate_pem.size();
    config.key = pem.key_pem.data();
    config.key_size = pem.key_pem.size();
  }
};

}  // namespace

TEST_CASE("connections of rooms in C are encrypted, and both ends know by whom", "[gateway][c]") {
  Rooms rooms;
  SecureEnd one("one"), other("other");
  const std::string url = rooms.url();
  one.join(one.config(url));
  other.join(other.config(url));
  REQUIRE(run_until(rooms, {&one, &other}, [&] {
    return is_completed(one) && is_completed(other) && !one.words.empty() && !other.words.empty();
  }));
  CHECK(one.own.back() == other.peers.back());
  CHECK(one.peers.back() == other.own.back());
  CHECK(one.words == other.words);
  CHECK(one.codes.empty());

  const std::vector<char> data(16'385);
  CHECK(floe_connection_max_datagram_size(one.connection, 1) == 16'384);
  CHECK(floe_connection_max_datagram_size(one.connection, 0) == 0);
  CHECK(floe_connection_max_datagram_size(one.connection, 2) == 0);
  CHECK(floe_connection_send(one.connection, 1, data.data(), 16'384) == FLOE_OK);
  CHECK(floe_connection_send(one.connection, 1, data.data(), 16'385) == FLOE_ERROR_TOO_BIG);
  floe_security small{};
  CHECK(floe_connection_security(one.connection, &small) == FLOE_ERROR_SIZE);
  CHECK(floe_connection_security(one.connection, nullptr) == FLOE_ERROR_ARGUMENT);
  small.size = offsetof(floe_security, peer_fingerprint);
  CHECK(floe_connection_security(one.connection, &small) == FLOE_OK);
  CHECK(small.fingerprint == one.own.back());
  CHECK(small.peer_fingerprint == nullptr);
}

TEST_CASE("both ends in C get the same keys for media, for each component others", "[gateway][c]") {
  Rooms rooms;
  SecureEnd one("one"), other("other");
  const std::string url = rooms.url();
  for (SecureEnd* end : {&one, &other}) {
    floe_room_config config = end->config(url);
    config.components = 2;
    end->join(config);
  }
  REQUIRE(run_until(rooms, {&one, &other}, [&] { return one.connection && other.connection; }));
  Keys first{}, second{}, theirs{};
  floe_security security{};
  security.size = sizeof security;
  CHECK(export_keys(one, 1, kLabel, first) == FLOE_ERROR_NOT_CONNECTED);
  CHECK(floe_connection_security(one.connection, &security) == FLOE_ERROR_NOT_CONNECTED);
  CHECK(floe_connection_max_datagram_size(one.connection, 1) == 0);
  REQUIRE(
      run_until(rooms, {&one, &other}, [&] { return is_completed(one) && is_completed(other); }));
  CHECK(one.peers.size() >= 2);
  CHECK(export_keys(one, 1, kLabel, first) == FLOE_OK);
  CHECK(export_keys(other, 1, kLabel, theirs) == FLOE_OK);
  CHECK(first == theirs);
  CHECK(export_keys(one, 2, kLabel, second) == FLOE_OK);
  CHECK(second != first);
  CHECK(export_keys(other, 2, kLabel, theirs) == FLOE_OK);
  CHECK(second == theirs);
  CHECK(export_keys(one, 3, kLabel, first) == FLOE_ERROR_ARGUMENT);
  CHECK(export_keys(one, 0, kLabel, first) == FLOE_ERROR_ARGUMENT);
  CHECK(export_keys(one, 1, nullptr, first) == FLOE_ERROR_ARGUMENT);
  CHECK(export_keys(one, 1, "master secret", first) == FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_export_keying_material(one.connection, 1, kLabel, first.data(), 0) ==
        FLOE_ERROR_ARGUMENT);
  CHECK(floe_connection_export_keying_material(one.connection, 1, kLabel, nullptr, 1) ==
        FLOE_ERROR_ARGUMENT);
}

TEST_CASE("without callbacks, the log tells of the encryption of a room in C", "[gateway][c]") {
  Rooms rooms;
  End one("one"), other("other");
  const std::string url = rooms.url();
  floe_room_config config = one.config(url);
  std::string expected = "dtls: other: encrypted; the peer's certificate has the fingerprint ";
  SECTION("of an encrypted one") {}
  SECTION("of one that is not") {
    static const std::string zeros = [] {
      std::string text = "00";
      for (int i = 0; i < 31; ++i) text += ":00";
      return text;
    }();
    static const char* const texts[] = {zeros.c_str()};
    config.expected_fingerprints = texts;
    config.expected_fingerprint_count = 1;
    expected = "dtls: other: not-expected: ";
  }
  REQUIRE(floe_room_join(one.host.get(), &config, nullptr) == FLOE_OK);
  config = other.config(url);
  REQUIRE(floe_room_join(other.host.get(), &config, nullptr) == FLOE_OK);
  CHECK(run_until(rooms, {&one, &other}, [&] { return one.logs(expected); }));
}

TEST_CASE("rooms in C are in plaintext when both ends ask for it", "[gateway][c]") {
  Rooms rooms;
  SecureEnd one("one"), other("other");
  const std::string url = rooms.url();
  for (SecureEnd* end : {&one, &other}) {
    floe_room_config config = end->config(url);
    config.plaintext = 1;
    end->join(config);
    CHECK(end->logs("dtls: `plaintext` is 1: everybody on the path can read"));
  }
  REQUIRE(run_until(rooms, {&one, &other}, [&] { return one.connection != nullptr; }));
  CHECK(floe_connection_max_datagram_size(one.connection, 1) == 0);
  REQUIRE(
      run_until(rooms, {&one, &other}, [&] { return is_completed(one) && is_completed(other); }));
  CHECK(floe_connection_max_datagram_size(one.connection, 1) == 65'507);
  Keys keys{};
  CHECK(export_keys(one, 1, kLabel, keys) == FLOE_ERROR_NOT_CONNECTED);
  floe_security security{};
  security.size = sizeof security;
  CHECK(floe_connection_security(one.connection, &security) == FLOE_ERROR_NOT_CONNECTED);
  CHECK(one.peers.empty());
}

TEST_CASE("a room in C that encrypts has no peer in plaintext", "[gateway][c]") {
  Rooms rooms;
  SecureEnd one("one"), other("other");
  SecureEnd& plain = GENERATE(0, 1) == 0 ? one : other;
  SecureEnd& encrypting = &plain == &one ? other : one;
  const std::string url = rooms.url();
  for (SecureEnd* end : {&one, &other}) {
    floe_room_config config = end->config(url);
    config.plaintext = end == &plain ? 1 : 0;
    end->join(config);
  }
  REQUIRE(run_until(rooms, {&one, &other}, [&] {
    return !encrypting.codes.empty() && !one.connection && !other.connection &&
           plain.logs("The peer closed the connection: ");
  }));
  CHECK(encrypting.codes == std::vector<std::string>{"not-encrypted"});
  CHECK(plain.codes.empty());
  CHECK(encrypting.selected.empty());
}

TEST_CASE("a room in C knows its peers by their certificates", "[gateway][c]") {
  Rooms rooms;
  SecureEnd one("one"), other("other");
  const std::string url = rooms.url();
  const PemIdentity device, stranger;
  const std::string known = device.fingerprint(rooms.host.api().random);
  const char* const expected[] = {known.c_str()};
  floe_room_config config = one.config(url);
  config.expected_fingerprints = expected;
  config.expected_fingerprint_count = 1;
  one.join(config);
  config = other.config(url);
  SECTION("the right one") {
    device.set(config);
    other.join(config);
    REQUIRE(run_until(rooms, {&one, &other}, [&] { return is_completed(one); }));
    CHECK(one.peers.back() == known);
    CHECK(one.codes.empty());
  }
  SECTION("another one") {
    stranger.set(config);
    other.join(config);
    REQUIRE(run_until(rooms, {&one, &other}, [&] { return !one.codes.empty(); }));
    CHECK(one.codes == std::vector<std::string>{"not-expected"});
    CHECK(one.peers.empty());
  }
}

TEST_CASE("all peers of a room in C see the same certificate of it", "[gateway][c]") {
  Rooms rooms;
  SecureEnd one("one"), other("other"), third("third");
  const std::string url = rooms.url();
  for (SecureEnd* end : {&one, &other, &third}) end->join(end->config(url));
  const auto met_two = [](const SecureEnd& end) {
    return std::set<std::string>(end.peers.begin(), end.peers.end()).size() == 2;
  };
  REQUIRE(run_until(rooms, {&one, &other, &third},
                    [&] { return met_two(one) && met_two(other) && met_two(third); }));
  for (const SecureEnd* end : {&one, &other, &third}) {
    CHECK(std::set<std::string>(end->own.begin(), end->own.end()).size() == 1);
  }
}

}  // namespace floe::rooms::test
