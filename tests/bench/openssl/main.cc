// openssl-bench: DTLS of another library, with the cipher that Floe has, on plain sockets.
#include <array>

#include "openssl/rows.h"

int main(int count, char** words) {
  using namespace floe::bench;
  constexpr std::array kRows = {
      Row{"datagrams", measure_openssl_datagrams},
      Row{"records", measure_openssl_records},
      Row{"aes_gcm", measure_openssl_aes_gcm},
  };
  return run_program(kRows, count, words);
}
