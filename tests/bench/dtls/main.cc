// dtls-bench: what an association of DTLS costs, natively and in WebAssembly. It opens no socket.
#include <array>

#include "rows.h"

int main(int count, char** words) {
  using namespace floe::bench;
  constexpr std::array kRows = {
      Row{"datagrams", measure_dtls_datagrams},
      Row{"handshakes", measure_dtls_handshakes},
      Row{"memory", measure_dtls_memory},
  };
  return run_program(kRows, count, words);
}
