// The rows of dtls-bench.
#pragma once

#include "measure/program.h"

namespace floe::bench {

void measure_dtls_datagrams(const Options& options);
void measure_dtls_handshakes(const Options& options);
void measure_dtls_memory(const Options& options);

}  // namespace floe::bench
