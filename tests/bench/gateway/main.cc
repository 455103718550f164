// gateway-bench: clients of a gateway, or of another relay, in another process, whose CPU and
// memory it reads.
#include <array>

#include "gateway/rows.h"

int main(int count, char** words) {
  using namespace floe::bench;
  constexpr std::array kRows = {
      Row{"relay", measure_relay}, Row{"idle", measure_idle_clients},
      Row{"flood", measure_flood}, Row{"stalled", measure_stalled},
      Row{"trip", measure_trip},
  };
  return run_program(kRows, count, words);
}
