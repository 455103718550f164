// gateway-bench: clients of a gateway in another process, whose CPU and memory it reads.
#include <array>

#include "gateway/rows.h"

int main(int count, char** words) {
  using namespace floe::bench;
  constexpr std::array kRows = {
      Row{"relay", measure_relay},
      Row{"idle", measure_idle_clients},
  };
  return run_program(kRows, count, words);
}
