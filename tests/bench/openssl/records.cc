// What OpenSSL needs to make a record of data, and to take it apart, without sockets.
#include <array>
#include <vector>

#include "measure/each.h"
#include "measure/figures.h"
#include "openssl/datagram_queue.h"
#include "openssl/dtls_end.h"
#include "openssl/rows.h"

namespace floe::bench {

/// In turns of one burst, as sealed records wait for the network.
void measure_openssl_records(const Options& options) {
  const std::size_t burst = options.count("burst", 32);
  const std::size_t bursts = options.count("records", 200'000) / burst;
  const std::vector<std::uint8_t> payload(options.count("bytes", 1200), 0x80);
  DatagramQueue there;
  DatagramQueue back;
  DtlsEnd sender(DtlsEnd::Role::client, back.end(), there.end());
  DtlsEnd receiver(DtlsEnd::Role::server, there.end(), back.end());
  shake_hands(sender, receiver);
  std::array<std::uint8_t, 2048> buffer;
  double seal = 0;
  double open = 0;
  for (std::size_t i = 0; i < bursts; ++i) {
    seal += ns_each(burst, [&] { sender.write(payload); });
    open += ns_each(burst, [&] { require(receiver.read(buffer) == payload.size(), "lost"); });
  }
  Figures figures;
  figures.add("seal_ns", seal / static_cast<double>(bursts));
  figures.add("open_ns", open / static_cast<double>(bursts));
  figures.print();
}

}  // namespace floe::bench
