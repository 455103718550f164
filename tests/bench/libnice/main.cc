// libnice-bench: the peer, as Debian packages it.
#include <array>

#include "libnice/rows.h"

int main(int count, char** words) {
  using namespace floe::bench;
  constexpr std::array kRows = {
      Row{"connect", measure_nice_connect}, Row{"pairs", measure_nice_cpu_of_connecting},
      Row{"memory", measure_nice_memory},   Row{"idle", measure_nice_idle},
      Row{"trip", measure_nice_round_trip}, Row{"datagrams", measure_nice_datagrams},
      Row{"flood", measure_nice_flood},     Row{"stun", measure_nice_stun},
  };
  return run_program(kRows, count, words);
}
