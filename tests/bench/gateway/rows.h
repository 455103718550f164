// The rows that gateway-bench measures; each is a file. Options of all: port and pid of the
// gateway, on 127.0.0.1, which asks for no token.
#pragma once

#include "measure/program.h"

namespace floe::bench {

void measure_relay(const Options& options);
void measure_idle_clients(const Options& options);

}  // namespace floe::bench
