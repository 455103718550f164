// The rows that turn-bench measures; each is a file. Options of all: port and pid of the server, on
// 127.0.0.1, with the user "bench" of the realm "bench" and the password "bench".
#pragma once

#include "measure/program.h"

namespace floe::bench {

void measure_relay(const Options& options);
void measure_allocations(const Options& options);

}  // namespace floe::bench
