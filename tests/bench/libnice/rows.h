// The rows that libnice-bench measures: the same as floe-bench, in the same way.
#pragma once

#include "measure/program.h"

namespace floe::bench {

void measure_nice_connect(const Options& options);
void measure_nice_cpu_of_connecting(const Options& options);
void measure_nice_memory(const Options& options);
void measure_nice_idle(const Options& options);
void measure_nice_round_trip(const Options& options);
void measure_nice_datagrams(const Options& options);
void measure_nice_flood(const Options& options);
void measure_nice_stun(const Options& options);

}  // namespace floe::bench
