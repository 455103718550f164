// The rows that plain-bench measures; each is a file.
#pragma once

#include "measure/program.h"

namespace floe::bench {

void measure_plain_idle(const Options& options);
void measure_plain_round_trip(const Options& options);
void measure_plain_datagrams(const Options& options);
void measure_plain_flood(const Options& options);

}  // namespace floe::bench
