// RandomSource and Crypto.
#include <algorithm>
#include <array>

#include "findings.h"

namespace floe::conformance {
namespace {

template <std::size_t kSize>
bool is(const std::array<std::uint8_t, kSize>& digest, std::string_view hex) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) text += {kDigits[byte >> 4], kDigits[byte & 15]};
  return text == hex;
}

void check_random(const Host& api, Findings& findings) {
  std::array<std::uint8_t, 32> first{};
  std::array<std::uint8_t, 32> second{};
  api.random.fill(first);
  api.random.fill(second);
  findings.expect(first != second, "RandomSource: two fills give different bytes.");
  const bool is_one_byte = std::ranges::count(first, first[0]) == 32;
  findings.expect(!is_one_byte, "RandomSource: the bytes of a fill differ.");
  api.random.fill({});  // nothing to fill is no error
}

// RFC 2202, section 3, test case 2; RFC 4231, section 4.3; RFC 1321, appendix A.5; FIPS 180-2.
void check_crypto(const Host& api, Findings& findings) {
  const Bytes question = as_bytes("what do ya want for nothing?");
  const std::array<Bytes, 1> whole{question};
  const std::array<Bytes, 2> parts{question.first(4), question.subspan(4)};
  const auto sha1 = api.crypto.hmac_sha1(as_bytes("Jefe"));
  findings.expect(sha1 && is(sha1->compute(whole), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
                  "Crypto: hmac_sha1() is that of RFC 2202.");
  findings.expect(sha1 && sha1->compute(whole) == sha1->compute(parts),
                  "Crypto: a MAC of parts is the MAC of the parts one after another.");
  const auto sha256 = api.crypto.hmac_sha256(as_bytes("Jefe"));
  findings.expect(sha256 && is(sha256->compute(whole),
                               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
                  "Crypto: hmac_sha256() is that of RFC 4231.");
  const std::array<Bytes, 1> abc{as_bytes("abc")};
  findings.expect(is(api.crypto.md5(abc), "900150983cd24fb0d6963f7d28e17f72"),
                  "Crypto: md5() is that of RFC 1321.");
  findings.expect(is(api.crypto.sha256(abc),
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                  "Crypto: sha256() is that of FIPS 180.");
}

}  // namespace

void check_secrets(HostUnderTest& host, Findings& findings) {
  check_random(host.api(), findings);
  check_crypto(host.api(), findings);
}

}  // namespace floe::conformance
