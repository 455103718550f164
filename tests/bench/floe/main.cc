// floe-bench: Floe's own agents, on the native host.
#include <array>

#include "rows.h"

int main(int count, char** words) {
  using namespace floe::bench;
  constexpr std::array kRows = {
      Row{"connect", measure_connect},       Row{"pairs", measure_cpu_of_connecting},
      Row{"memory", measure_memory},         Row{"pairs_memory", measure_pairs_memory},
      Row{"describing", measure_describing}, Row{"idle", measure_idle},
      Row{"trip", measure_round_trip},       Row{"datagrams", measure_datagrams},
      Row{"flood", measure_native_flood},    Row{"stun", measure_stun},
      Row{"records", measure_records},       Row{"aes_gcm", measure_aes_gcm},
  };
  return run_program(kRows, count, words);
}
