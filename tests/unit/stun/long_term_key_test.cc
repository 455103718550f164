#include "long_term_key.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/crypto/mbedtls_crypto.h"
#include "stun/hex.h"

using namespace floe;
using namespace floe::stun;
using namespace floe::testing;

namespace {

constexpr const char* kMatrix = "\u30de\u30c8\u30ea\u30c3\u30af\u30b9";

}  // namespace

// RFC 5769, section 2.4, and RFC 8489, appendix B.1; the vectors have messages under both keys.
TEST_CASE("the keys are those of the RFCs' sample users", "[stun][credentials]") {
  MbedtlsCrypto crypto;
  CHECK(to_hex(long_term_key(crypto, PasswordHash::md5, kMatrix, "example.org", "TheMatrIX")) ==
        "e8ca7ad59d5eb0518e312911d2dab2a9");
  CHECK(to_hex(long_term_key(crypto, PasswordHash::sha256, kMatrix, "example.org", "TheMatrIX")) ==
        "dd295a613b9058c3c23d6dc7165bda072304d989c9d0af3a8c7e184b4f9bb4a1");
}

TEST_CASE("a user's hash is that of RFC 8489, appendix B.1", "[stun][credentials]") {
  MbedtlsCrypto crypto;
  CHECK(to_hex(userhash_of(crypto, kMatrix, "example.org").value) ==
        "4a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704");
}

TEST_CASE("a key of a very long name has the size of every key", "[stun][credentials]") {
  MbedtlsCrypto crypto;
  const std::string name(100000, 'n');
  CHECK(long_term_key(crypto, PasswordHash::md5, name, "realm", "password").size() == 16);
  CHECK(long_term_key(crypto, PasswordHash::sha256, name, "realm", "password").size() == 32);
}
