#include "floe/dtls/certificate.h"

#include <mbedtls/platform_util.h>

#include <utility>

#include "draw_random.h"
#include "key_pair.h"
#include "self_signed.h"

namespace floe::dtls {

namespace {

/// mbedTLS reads PEM only with a zero behind it, which it counts.
ByteVector with_zero(Bytes bytes) {
  ByteVector text(bytes.begin(), bytes.end());
  const bool is_pem = as_text(bytes).find("-----BEGIN ") != std::string_view::npos;
  if (is_pem && text.back() != 0) text.push_back(0);
  return text;
}

bool is_p256(const mbedtls_pk_context& key) {
  return mbedtls_pk_can_do(&key, MBEDTLS_PK_ECDSA) != 0 &&
         mbedtls_ecp_keypair_get_group_id(mbedtls_pk_ec(key)) == MBEDTLS_ECP_DP_SECP256R1;
}

Bytes der_of(const KeyPair& pair) {
  return {pair.certificate.raw.p, pair.certificate.raw.len};
}

bool read_key(mbedtls_pk_context& key, Bytes bytes, RandomSource& random) {
  ByteVector text = with_zero(bytes);
  const int result =
      mbedtls_pk_parse_key(&key, text.data(), text.size(), nullptr, 0, draw_random, &random);
  mbedtls_platform_zeroize(text.data(), text.size());
  return result == 0;
}

}  // namespace

std::string_view to_text(CertificateError error) {
  switch (error) {
    case CertificateError::unreadable_certificate:
      return "the certificate is neither PEM nor DER, or mbedTLS was built without the kind of its "
             "key";
    case CertificateError::unreadable_key:
      return "the key is neither PEM nor DER, it has a password, or mbedTLS was built without its "
             "kind";
    case CertificateError::not_p256:
      return "the key is not one of ECDSA on the curve P-256";
    case CertificateError::mismatch:
      return "the key is that of another certificate";
    case CertificateError::limit:
      break;
  }
  return "there is no memory, or the validity is not from an earlier to a later time";
}

Result<Certificate, CertificateError> Certificate::generate(RandomSource& random,
                                                            const Validity& validity) {
  auto pair = std::make_shared<KeyPair>();
  if (!make_self_signed(*pair, random, validity)) return CertificateError::limit;
  const Fingerprint fingerprint = Fingerprint::of(der_of(*pair));
  return Certificate(std::move(pair), fingerprint);
}

Result<Certificate, CertificateError> Certificate::parse(RandomSource& random, Bytes certificate,
                                                         Bytes key) {
  auto pair = std::make_shared<KeyPair>();
  const ByteVector text = with_zero(certificate);
  if (mbedtls_x509_crt_parse(&pair->certificate, text.data(), text.size()) != 0) {
    return CertificateError::unreadable_certificate;
  }
  if (!read_key(pair->key, key, random)) return CertificateError::unreadable_key;
  if (!is_p256(pair->key) || !is_p256(pair->certificate.pk)) return CertificateError::not_p256;
  if (mbedtls_pk_check_pair(&pair->certificate.pk, &pair->key, draw_random, &random) != 0) {
    return CertificateError::mismatch;
  }
  const Fingerprint fingerprint = Fingerprint::of(der_of(*pair));
  return Certificate(std::move(pair), fingerprint);
}

Certificate::Certificate(std::shared_ptr<KeyPair> pair, const Fingerprint& fingerprint)
    : pair_(std::move(pair)), fingerprint_(fingerprint) {}

Bytes Certificate::der() const {
  return der_of(*pair_);
}

}  // namespace floe::dtls
