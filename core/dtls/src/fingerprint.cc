#include "floe/dtls/fingerprint.h"

#include <mbedtls/sha256.h>

#include <optional>

#include "floe/types/letter_case.h"

namespace floe::dtls {

namespace {

constexpr std::size_t kValueSize = Fingerprint::kSize * 3 - 1;

std::optional<std::uint8_t> hex_digit(char c) {
  const char small = lower(c);
  if (small >= '0' && small <= '9') return static_cast<std::uint8_t>(small - '0');
  if (small >= 'a' && small <= 'f') return static_cast<std::uint8_t>(small - 'a' + 10);
  return std::nullopt;
}

}  // namespace

std::string_view to_text(FingerprintError error) {
  switch (error) {
    case FingerprintError::unknown_algorithm:
      return "its hash function is not sha-256";
    case FingerprintError::malformed:
      break;
  }
  return "it is not 32 bytes in hexadecimal digits, separated by colons";
}

// RFC 8122, section 5: "A certificate fingerprint is a secure one-way hash of the Distinguished
// Encoding Rules (DER) form of the certificate."
Fingerprint Fingerprint::of(Bytes certificate) {
  std::array<std::uint8_t, kSize> hash{};
  mbedtls_sha256(certificate.data(), certificate.size(), hash.data(), 0);
  return Fingerprint(hash);
}

Result<Fingerprint, FingerprintError> Fingerprint::parse(std::string_view algorithm,
                                                         std::string_view value) {
  if (!equal_ignoring_case(algorithm, kAlgorithm)) return FingerprintError::unknown_algorithm;
  if (value.size() != kValueSize) return FingerprintError::malformed;
  std::array<std::uint8_t, kSize> hash{};
  for (std::size_t i = 0; i < kSize; ++i) {
    const auto high = hex_digit(value[3 * i]);
    const auto low = hex_digit(value[3 * i + 1]);
    const bool ends = i + 1 == kSize || value[3 * i + 2] == ':';
    if (!high || !low || !ends) return FingerprintError::malformed;
    hash[i] = static_cast<std::uint8_t>(*high << 4 | *low);
  }
  return Fingerprint(hash);
}

// RFC 8122, section 5: "The hash value is represented as a sequence of uppercase hexadecimal bytes,
// separated by colons."
std::string Fingerprint::value() const {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  text.reserve(kValueSize);
  for (const std::uint8_t byte : hash_) {
    if (!text.empty()) text += ':';
    text += kDigits[byte >> 4];
    text += kDigits[byte & 0xf];
  }
  return text;
}

bool Fingerprint::operator==(const Fingerprint& other) const {
  return equal_in_constant_time(hash_, other.hash_);
}

bool Fingerprint::is_one_of(const std::vector<Fingerprint>& others) const {
  bool found = false;
  for (const Fingerprint& other : others) found |= *this == other;
  return found;
}

}  // namespace floe::dtls
