// Certificates that a test makes for itself.
#pragma once

#include <string>

namespace floe::native::test {

struct TestCertificate {
  std::string certificate_pem;
  std::string key_pem;
};

/// Self-signed, P-256, valid until 2049, its own authority; its only name is the DNS name `name`,
/// or the IPv4 address that `name` spells.
TestCertificate make_certificate(const std::string& name);

}  // namespace floe::native::test
