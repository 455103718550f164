// What it costs to make and to connect many pairs at once.
#include "measure/clocks.h"
#include "measure/figures.h"
#include "native_pairs.h"
#include "rows.h"

namespace floe::bench {

void measure_cpu_of_connecting(const Options& options) {
  const std::size_t count = options.count("pairs", 200);
  NativePairs pairs;
  pairs.gather(1);  // code, buffers and tables that the first one touches for all
  pairs.connect(1);
  const std::int64_t start = cpu_ns();
  pairs.gather(count);
  const std::int64_t gathered = cpu_ns();
  const native::UdpStatistics before = pairs.host().udp_sockets().statistics();
  pairs.connect(count);
  const std::int64_t connected = cpu_ns();
  const native::UdpStatistics after = pairs.host().udp_sockets().statistics();

  const auto each = static_cast<double>(count);
  Figures figures;
  figures.add("gather_us", static_cast<double>(gathered - start) / 1e3 / each);
  figures.add("connect_us", static_cast<double>(connected - gathered) / 1e3 / each);
  figures.add("pair_us", static_cast<double>(connected - start) / 1e3 / each);
  figures.add("datagrams", static_cast<double>(after.sent - before.sent) / each);
  figures.print();
}

}  // namespace floe::bench
