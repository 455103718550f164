// plain-bench: what the system calls cost that no agent can do without.
#include <array>

#include "plain/rows.h"

int main(int count, char** words) {
  using namespace floe::bench;
  constexpr std::array kRows = {
      Row{"idle", measure_plain_idle},
      Row{"trip", measure_plain_round_trip},
      Row{"datagrams", measure_plain_datagrams},
      Row{"flood", measure_plain_flood},
  };
  return run_program(kRows, count, words);
}
