// turn-bench: a client of a TURN server in another process, whose CPU and memory it reads.
#include <array>

#include "turn/rows.h"

int main(int count, char** words) {
  using namespace floe::bench;
  constexpr std::array kRows = {
      Row{"relay", measure_relay},
      Row{"allocations", measure_allocations},
  };
  return run_program(kRows, count, words);
}
