// The rows that gateway-bench measures; each is a file. Options of all: port and pid of the relay,
// on 127.0.0.1, which asks for no token, and how to speak with it: addressed, wisp, turn_tcp or
// turn_udp (else floe.tunnel.1), and tls.
#pragma once

#include "measure/program.h"

namespace floe::bench {

void measure_relay(const Options& options);
void measure_idle_clients(const Options& options);
void measure_flood(const Options& options);
void measure_stalled(const Options& options);
void measure_trip(const Options& options);

}  // namespace floe::bench
