#include "floe/stun/attributes/credential.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/ice.h"
#include "floe/stun/attributes/text.h"
#include "stun/hex.h"
#include "stun/raw_message.h"
#include "stun/round_trip.h"
#include "stun/string_makers.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

constexpr PasswordHash kBoth[] = {PasswordHash::sha256, PasswordHash::md5};

/// What is first known of the list, as a text.
std::string first_known(std::string_view list) {
  const ByteVector bytes = from_hex(list);
  const auto hash = PasswordAlgorithms{bytes}.first_known();
  if (!hash) return "none";
  return *hash == PasswordHash::md5 ? "MD5" : "SHA-256";
}

}  // namespace

TEST_CASE("realms, nonces and domains survive, of every length about the padding", "[stun]") {
  for (std::size_t size = 0; size <= 9; ++size) {
    const std::string text = std::string("\xe3\x83\x9e.abcdef").substr(0, size);
    round_trip(Realm{text}, [&](const Realm& read) { CHECK(read.text == text); });
    round_trip(Nonce{text}, [&](const Nonce& read) { CHECK(read.text == text); });
    round_trip(AlternateDomain{text},
               [&](const AlternateDomain& read) { CHECK(read.text == text); });
  }
}

TEST_CASE("a realm, a nonce and a domain survive at their longest", "[stun]") {
  const std::string text(kRealmSizeMax, 'r');
  round_trip(Realm{text}, [&](const Realm& read) { CHECK(read.text == text); });
  round_trip(Nonce{text}, [&](const Nonce& read) { CHECK(read.text == text); });
  const std::string domain(kDomainSizeMax, 'd');
  round_trip(AlternateDomain{domain},
             [&](const AlternateDomain& read) { CHECK(read.text == domain); });
}

TEST_CASE("a user's hash survives", "[stun]") {
  Userhash userhash;
  for (std::size_t i = 0; i < userhash.value.size(); ++i) {
    userhash.value[i] = static_cast<std::uint8_t>(0xe0 + i);
  }
  round_trip(userhash, [&](const Userhash& read) { CHECK(read.value == userhash.value); });
}

TEST_CASE("a password algorithm survives", "[stun]") {
  for (const PasswordHash hash : kBoth) {
    round_trip(PasswordAlgorithm{hash},
               [&](const PasswordAlgorithm& read) { CHECK(read.hash == hash); });
  }
}

TEST_CASE("a list of password algorithms survives as it is", "[stun]") {
  const ByteVector list = encode_password_algorithms(kBoth);
  CHECK(to_hex(list) == "0002000000010000");
  round_trip(PasswordAlgorithms{list},
             [&](const PasswordAlgorithms& read) { CHECK(equal(read.list, list)); });
  // Those that nobody here knows are kept, with their parameters.
  const ByteVector foreign = from_hex("7fff 0003 010203 00 0001 0000");
  round_trip(PasswordAlgorithms{foreign},
             [&](const PasswordAlgorithms& read) { CHECK(equal(read.list, foreign)); });
}

TEST_CASE("of a list of password algorithms the first that is known is taken", "[stun]") {
  CHECK(first_known("00020000 00010000") == "SHA-256");
  CHECK(first_known("00010000 00020000") == "MD5");
  CHECK(first_known("00030000 00020000") == "SHA-256");
  CHECK(first_known("7fff0003 01020300 00010000") == "MD5");
  CHECK(first_known("00030000") == "none");
  // Parameters that are not defined may change what the number means.
  CHECK(first_known("00020004 01020304") == "none");
}

TEST_CASE("a list of password algorithms knows what it has", "[stun]") {
  const ByteVector list = from_hex("7fff 0003 010203 00 0001 0000");
  CHECK(PasswordAlgorithms{list}.contains(PasswordHash::md5));
  CHECK_FALSE(PasswordAlgorithms{list}.contains(PasswordHash::sha256));
}

TEST_CASE("an alternate server survives", "[stun]") {
  for (const char* text : {"192.0.2.1:3478", "[2001:db8::1]:5349"}) {
    const TransportAddress address = *TransportAddress::parse(text);
    round_trip(AlternateServer{address},
               [&](const AlternateServer& read) { CHECK(read.address == address); });
  }
}

TEST_CASE("a nomination survives in a message that is signed", "[stun]") {
  for (const std::uint32_t value : {0u, 1u, 0xffffffffu}) {
    round_trip(Nomination{value}, [&](const Nomination& read) { CHECK(read.value == value); });
  }
  const auto key = MbedtlsCrypto().hmac_sha256(as_bytes("key"));
  const RawMessage raw = RawMessage().attribute(0xc001, "00000007").integrity(*key);
  const auto message = MessageView::parse(raw.bytes());
  REQUIRE(message);
  REQUIRE(message->get<Nomination>());
  CHECK(message->get<Nomination>()->value == 7);
}
