#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "floe/crypto/mbedtls_crypto.h"
#include "stun/hex.h"

using namespace floe;
using namespace floe::testing;

namespace {

std::string md5(std::string_view text) {
  const std::array<Bytes, 1> parts{as_bytes(text)};
  return to_hex(MbedtlsCrypto().md5(parts));
}

std::string sha256(std::string_view text) {
  const std::array<Bytes, 1> parts{as_bytes(text)};
  return to_hex(MbedtlsCrypto().sha256(parts));
}

}  // namespace

TEST_CASE("MD5 gives the test suite of RFC 1321", "[crypto]") {
  CHECK(md5("") == "d41d8cd98f00b204e9800998ecf8427e");
  CHECK(md5("a") == "0cc175b9c0f1b6a831c399e269772661");
  CHECK(md5("abc") == "900150983cd24fb0d6963f7d28e17f72");
  CHECK(md5("message digest") == "f96b697d7cb7938d525a2f31aaf161d0");
  CHECK(md5("abcdefghijklmnopqrstuvwxyz") == "c3fcd3d76192e4007dfb496cca67e13b");
  CHECK(md5("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") ==
        "d174ab98d277d9f5a5611c2c9f419d9f");
  CHECK(md5("1234567890123456789012345678901234567890"
            "1234567890123456789012345678901234567890") == "57edf4a22be3c955ac49da2e2107b67a");
}

TEST_CASE("SHA-256 gives the examples of FIPS 180", "[crypto]") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256(std::string(1000000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a text in parts has the digests of the whole", "[crypto]") {
  const std::array<Bytes, 4> parts{as_bytes("user"), as_bytes(":"), Bytes{}, as_bytes("realm")};
  CHECK(to_hex(MbedtlsCrypto().md5(parts)) == md5("user:realm"));
  CHECK(to_hex(MbedtlsCrypto().sha256(parts)) == sha256("user:realm"));
}
