#include "tls_config.h"

namespace floe::native {

int draw_random(void* source, unsigned char* out, std::size_t size) {
  static_cast<RandomSource*>(source)->fill({out, size});
  return 0;
}

void set_up(mbedtls_ssl_config& config, int endpoint, RandomSource& random) {
  mbedtls_ssl_config_init(&config);
  mbedtls_ssl_config_defaults(&config, endpoint, MBEDTLS_SSL_TRANSPORT_STREAM,
                              MBEDTLS_SSL_PRESET_DEFAULT);
  mbedtls_ssl_conf_rng(&config, draw_random, &random);
  // RFC 8446 needs a key store that all threads of a process share: see TcpStreams.
  mbedtls_ssl_conf_min_tls_version(&config, MBEDTLS_SSL_VERSION_TLS1_2);
  mbedtls_ssl_conf_max_tls_version(&config, MBEDTLS_SSL_VERSION_TLS1_2);
}

}  // namespace floe::native
