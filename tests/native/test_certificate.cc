#include "test_certificate.h"

#include <mbedtls/ctr_drbg.h>
#include <mbedtls/ecp.h>
#include <mbedtls/entropy.h>
#include <mbedtls/pk.h>
#include <mbedtls/x509_crt.h>

#include <array>
#include <catch2/catch_test_macros.hpp>

#include "floe/types/address.h"

namespace floe::native::test {

TestCertificate make_certificate(const std::string& name) {
  mbedtls_entropy_context entropy;
  mbedtls_ctr_drbg_context random;
  mbedtls_pk_context key;
  mbedtls_x509write_cert certificate;
  mbedtls_entropy_init(&entropy);
  mbedtls_ctr_drbg_init(&random);
  mbedtls_pk_init(&key);
  mbedtls_x509write_crt_init(&certificate);
  REQUIRE(mbedtls_ctr_drbg_seed(&random, mbedtls_entropy_func, &entropy, nullptr, 0) == 0);
  REQUIRE(mbedtls_pk_setup(&key, mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY)) == 0);
  REQUIRE(mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(key), mbedtls_ctr_drbg_random,
                              &random) == 0);

  const std::optional<IpAddress> ip = IpAddress::parse(name);
  mbedtls_x509_san_list alternative{};
  alternative.node.type = ip ? MBEDTLS_X509_SAN_IP_ADDRESS : MBEDTLS_X509_SAN_DNS_NAME;
  const Bytes value = ip ? ip->bytes() : as_bytes(name);
  alternative.node.san.unstructured_name.p = const_cast<unsigned char*>(value.data());
  alternative.node.san.unstructured_name.len = value.size();

  const std::string subject = "CN=" + name;
  std::array<unsigned char, 1> serial = {1};
  mbedtls_x509write_crt_set_version(&certificate, MBEDTLS_X509_CRT_VERSION_3);
  mbedtls_x509write_crt_set_md_alg(&certificate, MBEDTLS_MD_SHA256);
  mbedtls_x509write_crt_set_subject_key(&certificate, &key);
  mbedtls_x509write_crt_set_issuer_key(&certificate, &key);
  REQUIRE(mbedtls_x509write_crt_set_subject_name(&certificate, subject.c_str()) == 0);
  REQUIRE(mbedtls_x509write_crt_set_issuer_name(&certificate, subject.c_str()) == 0);
  REQUIRE(mbedtls_x509write_crt_set_serial_raw(&certificate, serial.data(), serial.size()) == 0);
  REQUIRE(mbedtls_x509write_crt_set_validity(&certificate, "20200101000000", "20491231235959") ==
          0);
  REQUIRE(mbedtls_x509write_crt_set_basic_constraints(&certificate, 1, 0) == 0);
  REQUIRE(mbedtls_x509write_crt_set_subject_alternative_name(&certificate, &alternative) == 0);

  std::array<unsigned char, 4096> pem{};
  TestCertificate made;
  REQUIRE(mbedtls_x509write_crt_pem(&certificate, pem.data(), pem.size(), mbedtls_ctr_drbg_random,
                                    &random) == 0);
  made.certificate_pem = reinterpret_cast<const char*>(pem.data());
  REQUIRE(mbedtls_pk_write_key_pem(&key, pem.data(), pem.size()) == 0);
  made.key_pem = reinterpret_cast<const char*>(pem.data());

  mbedtls_x509write_crt_free(&certificate);
  mbedtls_pk_free(&key);
  mbedtls_ctr_drbg_free(&random);
  mbedtls_entropy_free(&entropy);
  return made;
}

}  // namespace floe::native::test
