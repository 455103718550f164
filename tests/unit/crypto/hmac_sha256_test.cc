#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <vector>

#include "floe/crypto/mbedtls_crypto.h"
#include "stun/hex.h"

using namespace floe;
using namespace floe::testing;

namespace {

struct Vector {
  ByteVector key;
  ByteVector message;
  const char* digest;
};

ByteVector text(std::string_view characters) {
  const Bytes bytes = as_bytes(characters);
  return {bytes.begin(), bytes.end()};
}

/// RFC 4231, section 4, all but 4.6, which is about truncation.
std::vector<Vector> rfc4231() {
  return {
      {ByteVector(20, 0x0b), text("Hi There"),
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {text("Jefe"), text("what do ya want for nothing?"),
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {ByteVector(20, 0xaa), ByteVector(50, 0xdd),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {from_hex("0102030405060708090a0b0c0d0e0f10111213141516171819"), ByteVector(50, 0xcd),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {ByteVector(131, 0xaa), text("Test Using Larger Than Block-Size Key - Hash Key First"),
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {ByteVector(131, 0xaa),
       text("This is a test using a larger than block-size key and a larger than block-size data. "
            "The key needs to be hashed before being used by the HMAC algorithm."),
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
}

}  // namespace

TEST_CASE("the MACs are those of RFC 4231", "[crypto]") {
  const Vector vector = GENERATE(Catch::Generators::from_range(rfc4231()));
  const std::array<Bytes, 1> parts{Bytes(vector.message)};
  CHECK(to_hex(MbedtlsCrypto().hmac_sha256(vector.key)->compute(parts)) == vector.digest);
}

TEST_CASE("a message in parts has the SHA-256 MAC of the whole", "[crypto]") {
  const Vector vector = rfc4231()[1];
  const auto key = MbedtlsCrypto().hmac_sha256(vector.key);
  const Bytes message = vector.message;
  for (std::size_t cut = 0; cut <= message.size(); ++cut) {
    const std::array<Bytes, 3> parts{message.first(cut), Bytes{}, message.subspan(cut)};
    CHECK(to_hex(key->compute(parts)) == vector.digest);
  }
}
