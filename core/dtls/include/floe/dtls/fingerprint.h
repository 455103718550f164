// The hash of a certificate, which the peers exchange over signalling (RFC 8122, section 5).
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "floe/types/bytes.h"
#include "floe/types/result.h"

namespace floe::dtls {

enum class FingerprintError : std::uint8_t {
  unknown_algorithm,  ///< not "sha-256"
  malformed,          ///< not 32 bytes as two hexadecimal digits each, separated by colons
};

/// A sentence without its first words: "its hash function is not sha-256".
std::string_view to_text(FingerprintError error);

class Fingerprint {
 public:
  static constexpr std::string_view kAlgorithm = "sha-256";
  static constexpr std::size_t kSize = 32;

  explicit Fingerprint(const std::array<std::uint8_t, kSize>& hash) : hash_(hash) {}
  /// Of a certificate in DER.
  static Fingerprint of(Bytes certificate);
  static Result<Fingerprint, FingerprintError> parse(std::string_view algorithm,
                                                     std::string_view value);
  /// "AB:CD:…", without the name of the algorithm.
  std::string value() const;

  /// In a time that does not depend on the contents.
  bool operator==(const Fingerprint& other) const;
  bool is_one_of(const std::vector<Fingerprint>& others) const;

 private:
  std::array<std::uint8_t, kSize> hash_;
};

}  // namespace floe::dtls
