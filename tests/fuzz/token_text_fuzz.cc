// Any text is a token of the gateway or is refused, within bounds. The first byte chooses between
// the text itself and a token whose claims are the text, signed as they should be: without a
// signature a fuzzer never comes to the claims.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "floe/crypto/mbedtls_crypto.h"
#include "floe/token/used_tokens.h"
#include "floe/token/verifier.h"
#include "token/jwt.h"

namespace {

using namespace floe;
using namespace floe::token;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_claims(std::string_view text) {
  const auto claims = read_claims(text);
  if (!claims) return;
  require(claims->grant.rooms.size() <= kRoomsMax);
  require(claims->grant.allow.size() <= kPrefixesMax);
  require(claims->grant.origins.size() <= kOriginsMax);
  require(claims->grant.ice_servers.size() <= kIceServersMax);
  require(claims->grant.subject.size() <= kNameSizeMax);
  const auto again = read_claims(write_claims(*claims));
  require(again.has_value());
  require(*again == *claims);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static MbedtlsCrypto crypto;
  static const Verifier verifier(crypto, {.secrets = {std::string(token::test::kSecret)}});
  static const Key key(crypto, token::test::kSecret);
  if (size == 0) return 0;
  const std::string_view text = as_text({data + 1, size - 1});
  const bool is_signed = (data[0] & 1) != 0;
  const std::string token =
      is_signed ? token::test::sign_jwt(key, token::test::kHeader, text) : std::string(text);
  const auto verified = verifier.verify(token, token::test::kNow);
  if (!verified) {
    require(!to_text(verified.error()).empty());
  } else {
    require(verified->grant.expires_at > token::test::kNow);
    require(token.size() <= kTokenSizeMax);
    UsedTokens used;
    const auto refusal = used.use(*verified, IpAddress::v4(192, 0, 2, 1), token::test::kNow);
    require(!refusal || *refusal == Refusal::opened_too_late);
  }
  check_claims(text);
  return 0;
}
