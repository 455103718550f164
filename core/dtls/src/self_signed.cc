#include "self_signed.h"

#include <mbedtls/ecp.h>

#include <string>

#include "draw_random.h"

namespace floe::dtls {

namespace {

// RFC 5280, section 4.1.2.2: "Certificate users MUST be able to handle serialNumber values up to 20
// octets."
constexpr std::size_t kSerialSize = 16;
constexpr std::size_t kCertificateSizeMax = 1024;

void append_digits(std::string& text, unsigned number, unsigned highest) {
  for (; highest > 0; highest /= 10) text += static_cast<char>('0' + number / highest % 10);
}

/// "YYYYMMDDhhmmss", as mbedTLS reads it; empty when the year has not four digits.
std::string calendar_text(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  const int year = static_cast<int>(date.year());
  if (year < 1950 || year > 9999) return {};
  std::string text;
  append_digits(text, static_cast<unsigned>(year), 1000);
  for (const unsigned part :
       {static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<unsigned>(clock.hours().count()),
        static_cast<unsigned>(clock.minutes().count()),
        static_cast<unsigned>(clock.seconds().count())}) {
    append_digits(text, part, 10);
  }
  return text;
}

class Writer {
 public:
  Writer() { mbedtls_x509write_crt_init(&draft_); }
  ~Writer() { mbedtls_x509write_crt_free(&draft_); }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  bool describe(KeyPair& pair, RandomSource& random, const Validity& validity) {
    // RFC 5280, section 4.1.2.2: "The serial number MUST be a positive integer".
    unsigned char serial[kSerialSize];
    random.fill(serial);
    serial[0] = static_cast<unsigned char>((serial[0] & 0x7f) | 0x40);
    mbedtls_x509write_crt_set_version(&draft_, MBEDTLS_X509_CRT_VERSION_3);
    mbedtls_x509write_crt_set_md_alg(&draft_, MBEDTLS_MD_SHA256);
    mbedtls_x509write_crt_set_subject_key(&draft_, &pair.key);
    mbedtls_x509write_crt_set_issuer_key(&draft_, &pair.key);
    const std::string from = calendar_text(validity.from);
    const std::string until = calendar_text(validity.until);
    // The name tells nothing: it goes over the network in the clear. One extension there has to be,
    // for mbedTLS writes the list of them in any case. RFC 5280, section 4.1: "Extensions ::=
    // SEQUENCE SIZE (1..MAX) OF Extension".
    return !from.empty() && !until.empty() && from < until &&
           mbedtls_x509write_crt_set_serial_raw(&draft_, serial, sizeof serial) == 0 &&
           mbedtls_x509write_crt_set_subject_name(&draft_, "CN=DTLS") == 0 &&
           mbedtls_x509write_crt_set_issuer_name(&draft_, "CN=DTLS") == 0 &&
           mbedtls_x509write_crt_set_basic_constraints(&draft_, 0, -1) == 0 &&
           mbedtls_x509write_crt_set_validity(&draft_, from.c_str(), until.c_str()) == 0;
  }

  bool sign(mbedtls_x509_crt& out, RandomSource& random) {
    unsigned char der[kCertificateSizeMax];
    // It writes from the end of the buffer.
    const int size = mbedtls_x509write_crt_der(&draft_, der, sizeof der, draw_random, &random);
    if (size <= 0) return false;
    const auto written = static_cast<std::size_t>(size);
    return mbedtls_x509_crt_parse_der(&out, der + sizeof der - written, written) == 0;
  }

 private:
  mbedtls_x509write_cert draft_;
};

}  // namespace

bool make_self_signed(KeyPair& pair, RandomSource& random, const Validity& validity) {
  if (mbedtls_pk_setup(&pair.key, mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY)) != 0 ||
      mbedtls_ecp_gen_key(MBEDTLS_ECP_DP_SECP256R1, mbedtls_pk_ec(pair.key), draw_random,
                          &random) != 0) {
    return false;
  }
  Writer writer;
  return writer.describe(pair, random, validity) && writer.sign(pair.certificate, random);
}

}  // namespace floe::dtls
