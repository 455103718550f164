// What this module lets mbedTLS do: DTLS 1.2 with one cipher on one curve, and certificates of both
// ends.
#pragma once

#include <mbedtls/ssl.h>

#include <array>

#include "floe/api/random.h"
#include "floe/dtls/certificate.h"
#include "floe/dtls/options.h"

namespace floe::dtls {

class Configuration {
 public:
  Configuration();
  ~Configuration();
  Configuration(const Configuration&) = delete;
  Configuration& operator=(const Configuration&) = delete;

  /// False when mbedTLS has no memory.
  bool set_up(const Certificate& certificate, const Options& options, RandomSource& random);
  /// RetransmissionTimer makes less of the times that mbedTLS doubles, up to the longest that it
  /// can count. Session ends the handshake long before.
  void set_first_timeout(Duration first);

  mbedtls_ssl_config& get() { return config_; }

 private:
  void restrict_algorithms();
  bool offer_srtp(const Options& options);

  mbedtls_ssl_config config_;
  /// Ends with MBEDTLS_TLS_SRTP_UNSET.
  std::array<mbedtls_ssl_srtp_profile, MBEDTLS_TLS_SRTP_MAX_PROFILE_LIST_LENGTH + 1> profiles_{};
};

}  // namespace floe::dtls
