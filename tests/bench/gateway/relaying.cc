// What a relay spends on a datagram: half of them go from the client to its peers, and half come
// back.
#include "gateway/idle_crowd.h"
#include "gateway/load.h"
#include "gateway/rows.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "measure/other_process.h"

namespace floe::bench {

void measure_relay(const Options& options) {
  const OtherProcess server(options.number("pid", 0));
  const Relay relay(options);
  const IdleCrowd crowd(relay, options.count("idle", 0));
  const std::size_t window = options.count("window", 512);
  const std::size_t size = options.count("size", 100);
  const std::size_t size_max = options.count("size_max", static_cast<std::int64_t>(size));
  Load load(relay, options.count("clients", 1), options.count("peers", 1), {size, size_max});
  load.run(5'000, window);
  const std::size_t before = load.relayed();
  const std::size_t returned = load.returned();
  const std::size_t lost = load.lost();
  const double cpu = server.cpu_us();
  const std::int64_t wall = wall_ns();
  load.run(options.count("datagrams", 200'000), window);
  const double seconds = static_cast<double>(wall_ns() - wall) / 1e9;
  const double cpu_us = server.cpu_us() - cpu;
  const auto round_trips = static_cast<double>(load.returned() - returned);
  const auto missing = static_cast<double>(load.lost() - lost);
  Figures figures;
  figures.add("cpu_us", cpu_us / static_cast<double>(load.relayed() - before));
  figures.add("round_trips_per_s", round_trips / seconds);
  figures.add("lost_percent", 100 * missing / (missing + round_trips));
  figures.print();
}

}  // namespace floe::bench
