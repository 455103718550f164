// What a gateway spends on a datagram that it relays: half of them go from the client to its peers,
// and half come back.
#include "gateway/load.h"
#include "gateway/rows.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "measure/other_process.h"

namespace floe::bench {

void measure_relay(const Options& options) {
  const OtherProcess gateway(options.number("pid", 0));
  const auto port = static_cast<std::uint16_t>(options.number("port", 8080));
  const std::size_t window = options.count("window", 512);
  const std::size_t size = options.count("size", 100);
  const std::size_t size_max = options.count("size_max", static_cast<std::int64_t>(size));
  Load load(port, options.count("clients", 1), options.count("peers", 1), {size, size_max});
  load.run(5'000, window);
  const std::size_t before = load.relayed();
  const std::size_t lost = load.lost();
  const double cpu = gateway.cpu_us();
  const std::int64_t wall = wall_ns();
  const std::size_t datagrams = options.count("datagrams", 200'000);
  load.run(datagrams, window);
  const double seconds = static_cast<double>(wall_ns() - wall) / 1e9;
  const auto relayed = static_cast<double>(load.relayed() - before);
  Figures figures;
  figures.add("cpu_us", (gateway.cpu_us() - cpu) / relayed);
  figures.add("datagrams_per_s", relayed / seconds);
  const auto missing = static_cast<double>(load.lost() - lost);
  figures.add("lost_percent", 100 * missing / (missing + static_cast<double>(datagrams)));
  figures.print();
}

}  // namespace floe::bench
