// The common part of the TLS configurations of clients and of servers.
#pragma once

#include <mbedtls/ssl.h>

#include "floe/api/random.h"

namespace floe::native {

/// For mbedTLS; `source` is a RandomSource.
int draw_random(void* source, unsigned char* out, std::size_t size);

/// `endpoint` is MBEDTLS_SSL_IS_CLIENT or MBEDTLS_SSL_IS_SERVER. `random` must outlive `config`.
void set_up(mbedtls_ssl_config& config, int endpoint, RandomSource& random);

}  // namespace floe::native
