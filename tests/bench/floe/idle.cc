// What connected agents cost that have nothing to say but their consent checks.
#include "consent.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "native_pairs.h"
#include "rows.h"

namespace floe::bench {

void measure_idle(const Options& options) {
  const std::size_t agents = options.count("agents", 1000);
  const Duration span = std::chrono::seconds(options.number("seconds", 10));
  NativePairs pairs;
  pairs.gather(agents / 2);
  pairs.connect_over(ice::kConsentInterval);
  pairs.run_for(1s);  // the last ones to connect come to rest

  const native::UdpStatistics before = pairs.host().udp_sockets().statistics();
  const std::uint64_t passes = pairs.host().loop().pass();
  const std::int64_t cpu = cpu_ns();
  const std::int64_t wall = wall_ns();
  pairs.run_for(span);
  const auto cpu_ms = static_cast<double>(cpu_ns() - cpu) / 1e6;
  const auto seconds = static_cast<double>(wall_ns() - wall) / 1e9;
  const native::UdpStatistics after = pairs.host().udp_sockets().statistics();

  const auto datagrams = static_cast<double>(after.sent - before.sent);
  Figures figures;
  figures.add("cpu_ms_per_s", cpu_ms / seconds);
  figures.add("cpu_us_per_agent_s", cpu_ms * 1e3 / seconds / static_cast<double>(agents));
  figures.add("cpu_us_per_datagram", cpu_ms * 1e3 / datagrams);
  figures.add("datagrams_per_s", datagrams / seconds);
  figures.add("passes_per_s", static_cast<double>(pairs.host().loop().pass() - passes) / seconds);
  figures.print();
}

}  // namespace floe::bench
