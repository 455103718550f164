// What a gateway keeps for a client that is just there: its WebSocket, its session, one bound
// socket.
#include <deque>

#include "gateway/rows.h"
#include "gateway/tunnel_client.h"
#include "measure/figures.h"
#include "measure/other_process.h"

namespace floe::bench {

void measure_idle_clients(const Options& options) {
  const OtherProcess gateway(options.number("pid", 0));
  const auto port = static_cast<std::uint16_t>(options.number("port", 8080));
  const std::size_t count = options.count("count", 1000);
  std::deque<TunnelClient> clients;
  // The first ones make the gateway grow whatever it needs once.
  for (int i = 0; i < 100; ++i) clients.emplace_back(port);
  const double before = gateway.resident_bytes();
  for (std::size_t i = 0; i < count; ++i) clients.emplace_back(port);
  Figures figures;
  figures.add("clients", static_cast<double>(count));
  figures.add("resident_bytes", (gateway.resident_bytes() - before) / static_cast<double>(count));
  figures.print();
}

}  // namespace floe::bench
