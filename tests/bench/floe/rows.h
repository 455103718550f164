// The rows that floe-bench measures; each is a file.
#pragma once

#include "measure/program.h"

namespace floe::bench {

void measure_connect(const Options& options);
void measure_cpu_of_connecting(const Options& options);
void measure_memory(const Options& options);
void measure_pairs_memory(const Options& options);
void measure_describing(const Options& options);
void measure_idle(const Options& options);
void measure_round_trip(const Options& options);
void measure_datagrams(const Options& options);
void measure_native_flood(const Options& options);
void measure_stun(const Options& options);
void measure_records(const Options& options);
void measure_aes_gcm(const Options& options);

}  // namespace floe::bench
