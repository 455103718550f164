// The rows that openssl-bench measures; each is a file.
#pragma once

#include "measure/program.h"

namespace floe::bench {

void measure_openssl_datagrams(const Options& options);
void measure_openssl_records(const Options& options);
void measure_openssl_aes_gcm(const Options& options);

}  // namespace floe::bench
