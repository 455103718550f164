// The certificate by which the peer recognizes this end, with its private key.
//
// Nobody signs it but itself: what makes it good is its fingerprint in the signalling (RFC 8122).
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "floe/api/random.h"
#include "floe/dtls/fingerprint.h"

namespace floe::dtls {

struct KeyPair;

/// On the clock of the calendar, to the second.
struct Validity {
  std::chrono::sys_seconds from;
  std::chrono::sys_seconds until;
};

enum class CertificateError : std::uint8_t {
  unreadable_certificate,  ///< neither PEM nor DER, or of a key that mbedTLS does not know
  unreadable_key,          ///< neither PEM nor DER, with a password, or unknown to mbedTLS
  not_p256,                ///< the key is not one of ECDSA on the curve P-256
  mismatch,                ///< the key is that of another certificate
  limit,                   ///< no memory, or a year after 9999
};

/// A sentence without its first words: "the key is that of another certificate".
std::string_view to_text(CertificateError error);

/// Copies share one key.
class Certificate {
 public:
  /// A new key on the curve P-256, and a certificate that it signs itself.
  static Result<Certificate, CertificateError> generate(RandomSource& random,
                                                        const Validity& validity);
  /// Both as PEM or as DER.
  static Result<Certificate, CertificateError> parse(RandomSource& random, Bytes certificate,
                                                     Bytes key);

  const Fingerprint& fingerprint() const { return fingerprint_; }
  Bytes der() const;
  /// For this module alone.
  KeyPair& key_pair() const { return *pair_; }

 private:
  Certificate(std::shared_ptr<KeyPair> pair, const Fingerprint& fingerprint);

  std::shared_ptr<KeyPair> pair_;
  Fingerprint fingerprint_;
};

}  // namespace floe::dtls
