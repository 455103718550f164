#include "floe/native/system_authorities.h"

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

}  // namespace floe::native
