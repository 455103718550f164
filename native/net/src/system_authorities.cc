#include "floe/native/system_authorities.h"

#include <mbedtls/x509_crt.h>
#include <unistd.h>

#include <array>

namespace floe::native {
namespace {

constexpr std::array<const char*, 3> kFiles = {
    "/etc/ssl/certs/ca-certificates.crt",  // Debian, Alpine, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",    // Fedora
    "/etc/ssl/ca-bundle.pem"};             // openSUSE

}  // namespace

std::string system_authorities_file() {
  for (const char* file : kFiles) {
    if (access(file, R_OK) == 0) return file;
  }
  return {};
}

std::string problem_with_authorities(const std::string& file) {
  if (file.empty()) return {};
  mbedtls_x509_crt authorities;
  mbedtls_x509_crt_init(&authorities);
  const int result = mbedtls_x509_crt_parse_file(&authorities, file.c_str());
  mbedtls_x509_crt_free(&authorities);
  if (result >= 0) return {};  // the number of certificates that this mbedTLS does not understand
  const bool is_readable = access(file.c_str(), R_OK) == 0;
  return "the file of trusted authorities " + file +
         (is_readable ? " is not a list of certificates in PEM" : " cannot be read");
}

}  // namespace floe::native
