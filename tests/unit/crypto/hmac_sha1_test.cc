#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "stun/hex.h"

using namespace floe;
using namespace floe::testing;

namespace {

std::string hmac(Bytes key, Bytes message) {
  const std::array<Bytes, 1> parts{message};
  return to_hex(MbedtlsCrypto().hmac_sha1(key)->compute(parts));
}

struct Vector {
  ByteVector key;
  ByteVector message;
  const char* digest;
};

ByteVector text(std::string_view characters) {
  const Bytes bytes = as_bytes(characters);
  return {bytes.begin(), bytes.end()};
}

/// RFC 2202, section 3, all seven.
std::vector<Vector> rfc2202() {
  return {
      {ByteVector(20, 0x0b), text("Hi There"), "b617318655057264e28bc0b6fb378c8ef146be00"},
      {text("Jefe"), text("what do ya want for nothing?"),
       "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
      {ByteVector(20, 0xaa), ByteVector(50, 0xdd), "125d7342b9ac11cd91a39af48aa17b4f63f175d3"},
      {from_hex("0102030405060708090a0b0c0d0e0f10111213141516171819"), ByteVector(50, 0xcd),
       "4c9007f4026250c6bc8414f9bf50c86c2d7235da"},
      {ByteVector(20, 0x0c), text("Test With Truncation"),
       "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"},
      {ByteVector(80, 0xaa), text("Test Using Larger Than Block-Size Key - Hash Key First"),
       "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
      {ByteVector(80, 0xaa),
       text("Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"),
       "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"},
  };
}

}  // namespace

TEST_CASE("the MACs are those of RFC 2202", "[crypto]") {
  const Vector vector = GENERATE(Catch::Generators::from_range(rfc2202()));
  CHECK(hmac(vector.key, vector.message) == vector.digest);
}

TEST_CASE("a message in parts has the MAC of the whole", "[crypto]") {
  const Vector vector = rfc2202()[1];
  const auto key = MbedtlsCrypto().hmac_sha1(vector.key);
  const Bytes message = vector.message;
  for (std::size_t cut = 0; cut <= message.size(); ++cut) {
    const std::array<Bytes, 3> parts{message.first(cut), Bytes{}, message.subspan(cut)};
    CHECK(to_hex(key->compute(parts)) == vector.digest);
  }
}

TEST_CASE("a key can be used again and again", "[crypto]") {
  const auto key = MbedtlsCrypto().hmac_sha1(as_bytes("Jefe"));
  const std::array<Bytes, 1> one{as_bytes("what do ya want for nothing?")};
  const std::array<Bytes, 1> other{as_bytes("something else")};
  const Sha1Digest first = key->compute(one);
  CHECK(key->compute(other) != first);
  CHECK(key->compute(one) == first);
}

// A key of one block is used as it is, a longer one is hashed first (RFC 2104, section 2), and a
// shorter one is the same as itself with zeros after it.
TEST_CASE("keys about the length of a block differ as they must", "[crypto]") {
  const Bytes message = as_bytes("message");
  ByteVector key(63, 0x61);
  const std::string of_63 = hmac(key, message);
  key.push_back(0);
  const std::string of_64 = hmac(key, message);
  key.push_back(0);
  const std::string of_65 = hmac(key, message);
  CHECK(of_63 == of_64);
  CHECK(of_64 != of_65);
}

TEST_CASE("an empty key and an empty message have a MAC", "[crypto]") {
  CHECK(hmac({}, {}) == "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
}
