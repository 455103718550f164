#include "floe/dtls/fingerprint.h"

#include <catch2/catch_test_macros.hpp>

#include "floe/types/letter_case.h"

using namespace floe;
using namespace floe::dtls;

namespace {

// The SHA-256 of "abc": FIPS 180-2, appendix B.1.
constexpr std::string_view kOfAbc =
    "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:"
    "AD";

std::string in_small_letters(std::string text) {
  for (char& c : text) c = lower(c);
  return text;
}

}  // namespace

TEST_CASE("a fingerprint is the SHA-256 in uppercase bytes between colons", "[dtls]") {
  CHECK(Fingerprint::of(as_bytes("abc")).value() == kOfAbc);
}

TEST_CASE("a fingerprint is read in letters of either case", "[dtls]") {
  const Fingerprint expected = Fingerprint::of(as_bytes("abc"));
  const auto upper = Fingerprint::parse("sha-256", kOfAbc);
  REQUIRE(upper);
  CHECK(*upper == expected);
  const auto small = Fingerprint::parse("SHA-256", in_small_letters(std::string(kOfAbc)));
  REQUIRE(small);
  CHECK(small->value() == kOfAbc);
}

TEST_CASE("what is no fingerprint of SHA-256 is refused", "[dtls]") {
  CHECK(Fingerprint::parse("sha-1", kOfAbc).error() == FingerprintError::unknown_algorithm);
  const std::string good(kOfAbc);
  for (const std::string& bad :
       {std::string(), good.substr(3), good + ":00", "G" + good.substr(1), good.substr(0, 94) + "G",
        "BA-" + good.substr(3), ":" + good.substr(1), good.substr(0, 94)}) {
    INFO(bad);
    const auto result = Fingerprint::parse("sha-256", bad);
    REQUIRE_FALSE(result);
    CHECK(result.error() == FingerprintError::malformed);
  }
}

TEST_CASE("fingerprints that differ in one bit are different", "[dtls]") {
  const Fingerprint one(std::array<std::uint8_t, 32>{});
  for (std::size_t bit = 0; bit < 256; ++bit) {
    std::array<std::uint8_t, 32> hash{};
    hash[bit / 8] = static_cast<std::uint8_t>(1 << bit % 8);
    CHECK_FALSE(one == Fingerprint(hash));
    CHECK_FALSE(one.is_one_of({Fingerprint(hash)}));
    CHECK(one.is_one_of({Fingerprint(hash), one, Fingerprint(hash)}));
  }
}
