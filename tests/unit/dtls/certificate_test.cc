#include "floe/dtls/certificate.h"

#include <mbedtls/pem.h>
#include <mbedtls/pk.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "draw_random.h"
#include "dtls/two_ends.h"
#include "key_pair.h"

using namespace floe;
using namespace floe::dtls;
using namespace floe::testing;

namespace {

ByteVector key_as_pem(const Certificate& certificate) {
  ByteVector pem(2048);
  REQUIRE(mbedtls_pk_write_key_pem(&certificate.key_pair().key, pem.data(), pem.size()) == 0);
  pem.resize(as_text(pem).find('\0'));
  return pem;
}

ByteVector key_as_der(const Certificate& certificate) {
  ByteVector der(2048);
  const int size = mbedtls_pk_write_key_der(&certificate.key_pair().key, der.data(), der.size());
  REQUIRE(size > 0);
  return {der.end() - size, der.end()};
}

ByteVector as_pem(const Certificate& certificate) {
  ByteVector pem(2048);
  std::size_t size = 0;
  REQUIRE(mbedtls_pem_write_buffer("-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\n",
                                   certificate.der().data(), certificate.der().size(), pem.data(),
                                   pem.size(), &size) == 0);
  pem.resize(size - 1);
  return pem;
}

}  // namespace

TEST_CASE("a certificate is made with a key on P-256, and signs itself", "[dtls]") {
  KeyPair& pair = certificate(1).key_pair();
  CHECK(mbedtls_pk_get_bitlen(&pair.key) == 256);
  std::uint32_t flags = 0;
  mbedtls_x509_crt_verify(&pair.certificate, &pair.certificate, nullptr, nullptr, &flags, nullptr,
                          nullptr);
  CHECK((flags & MBEDTLS_X509_BADCERT_NOT_TRUSTED) == 0);
  CHECK(certificate(1).fingerprint() == Fingerprint::of(certificate(1).der()));
  CHECK_FALSE(certificate(1).fingerprint() == certificate(2).fingerprint());
}

TEST_CASE("a certificate has no empty list of extensions", "[dtls]") {
  // RFC 5280, section 4.1: "extensions [3] Extensions OPTIONAL", of at least one.
  constexpr std::uint8_t kEmptyList[] = {0xa3, 0x02, 0x30, 0x00};
  const Bytes der = certificate(1).der();
  CHECK(std::search(der.begin(), der.end(), std::begin(kEmptyList), std::end(kEmptyList)) ==
        der.end());
}

TEST_CASE("a certificate is valid from and until what was asked for", "[dtls]") {
  const mbedtls_x509_crt& made = certificate(1).key_pair().certificate;
  CHECK(made.valid_from.year == 2026);
  CHECK(made.valid_from.mon == 1);
  CHECK(made.valid_from.day == 2);
  CHECK(made.valid_to.mon == 2);
  CHECK(made.valid_to.day == 1);
}

TEST_CASE("a certificate is valid from and until a second", "[dtls]") {
  sim::SeededRandom random(1);
  const std::chrono::sys_seconds from =
      std::chrono::sys_days{std::chrono::year{2026} / 11 / 3} + 14h + 5min + 9s;
  const auto made = Certificate::generate(random, {from, from + 1s});
  REQUIRE(made);
  const mbedtls_x509_time& begin = made->key_pair().certificate.valid_from;
  CHECK(begin.year == 2026);
  CHECK(begin.mon == 11);
  CHECK(begin.day == 3);
  CHECK(begin.hour == 14);
  CHECK(begin.min == 5);
  CHECK(begin.sec == 9);
  CHECK(made->key_pair().certificate.valid_to.sec == 10);
}

TEST_CASE("the same random bytes give the same certificate", "[dtls]") {
  sim::SeededRandom random(1);
  const mbedtls_x509_time& from = certificate(1).key_pair().certificate.valid_from;
  const std::chrono::sys_seconds begin{
      std::chrono::sys_days{std::chrono::year{from.year} / from.mon / from.day}};
  const auto again = Certificate::generate(random, {begin, begin + std::chrono::hours(24 * 30)});
  REQUIRE(again);
  CHECK(again->fingerprint() == certificate(1).fingerprint());
}

TEST_CASE("a certificate that ends before it begins is not made", "[dtls]") {
  sim::SeededRandom random(1);
  const std::chrono::sys_seconds time{std::chrono::seconds(1'800'000'000)};
  CHECK_FALSE(Certificate::generate(random, {time, time - std::chrono::seconds(1)}));
}

TEST_CASE("a certificate is read as PEM and as DER", "[dtls]") {
  sim::SeededRandom random(9);
  const Certificate& original = certificate(1);
  const auto from_pem = Certificate::parse(random, as_pem(original), key_as_pem(original));
  REQUIRE(from_pem);
  CHECK(from_pem->fingerprint() == original.fingerprint());
  const auto from_der = Certificate::parse(random, original.der(), key_as_der(original));
  REQUIRE(from_der);
  CHECK(from_der->fingerprint() == original.fingerprint());
}

TEST_CASE("a certificate that does not fit is refused for what is wrong", "[dtls]") {
  sim::SeededRandom random(9);
  const Certificate& one = certificate(1);
  const auto error = [&](Bytes bytes, Bytes key) {
    const auto result = Certificate::parse(random, bytes, key);
    REQUIRE_FALSE(result);
    return result.error();
  };
  CHECK(error(as_bytes("nothing"), key_as_der(one)) == CertificateError::unreadable_certificate);
  CHECK(error({}, key_as_der(one)) == CertificateError::unreadable_certificate);
  CHECK(error(one.der(), as_bytes("nothing")) == CertificateError::unreadable_key);
  CHECK(error(one.der(), key_as_der(certificate(2))) == CertificateError::mismatch);
}

#if defined(MBEDTLS_ECP_DP_SECP384R1_ENABLED)
TEST_CASE("a key on another curve is refused", "[dtls]") {
  sim::SeededRandom random(9);
  KeyPair other;
  REQUIRE(mbedtls_pk_setup(&other.key, mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY)) == 0);
  REQUIRE(mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP384R1, mbedtls_pk_ec(other.key), draw_random,
                              &random) == 0);
  ByteVector der(2048);
  const int size = mbedtls_pk_write_key_der(&other.key, der.data(), der.size());
  REQUIRE(size > 0);
  const auto result = Certificate::parse(random, certificate(1).der(),
                                         Bytes(der).last(static_cast<std::size_t>(size)));
  REQUIRE_FALSE(result);
  CHECK(result.error() == CertificateError::not_p256);
}
#endif
