// libnice: how long connecting takes, what it costs, and what it holds afterwards.
#include "libnice/nice_pairs.h"
#include "libnice/rows.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "measure/memory_use.h"
#include "measure/samples.h"

namespace floe::bench {

void measure_nice_connect(const Options& options) {
  const std::int64_t late_ns = options.number("late_ms", 0) * 1'000'000;
  const std::size_t rounds = options.count("rounds", 50);
  NicePairs pairs;
  Samples samples;
  for (std::size_t round = 0; round < rounds; ++round) {
    pairs.gather(1);
    NicePair& pair = pairs.pair(0);
    std::int64_t start = wall_ns();
    pair.left.describe_to(pair.right);
    if (late_ns > 0) {
      pairs.run_for(late_ns);
      start = wall_ns();
    }
    pair.right.describe_to(pair.left);
    pairs.run_until([&] { return pair.is_connected(); });
    samples.add(static_cast<double>(wall_ns() - start) / 1e6);
    pairs.clear();
  }
  Figures figures;
  figures.add("p50_ms", samples.percentile(0.5));
  figures.add("p95_ms", samples.percentile(0.95));
  figures.print();
}

void measure_nice_cpu_of_connecting(const Options& options) {
  const std::size_t count = options.count("pairs", 200);
  NicePairs pairs;
  pairs.gather(1);
  pairs.connect(1);
  const std::int64_t start = cpu_ns();
  pairs.gather(count);
  const std::int64_t gathered = cpu_ns();
  pairs.connect(count);
  const std::int64_t connected = cpu_ns();
  const auto each = static_cast<double>(count);
  Figures figures;
  figures.add("gather_us", static_cast<double>(gathered - start) / 1e3 / each);
  figures.add("connect_us", static_cast<double>(connected - gathered) / 1e3 / each);
  figures.add("pair_us", static_cast<double>(connected - start) / 1e3 / each);
  figures.print();
}

void measure_nice_memory(const Options& options) {
  const std::size_t agents = options.count("agents", 1000);
  NicePairs pairs;
  pairs.gather(1);
  pairs.connect(1);
  const MemoryUse before = MemoryUse::now();
  pairs.gather(agents / 2);
  pairs.connect(agents / 2);
  const MemoryUse after = MemoryUse::now();
  const auto each = static_cast<double>(agents);
  Figures figures;
  figures.add("heap_bytes", (after.heap_bytes - before.heap_bytes) / each);
  figures.add("resident_bytes", (after.resident_bytes - before.resident_bytes) / each);
  figures.print();
}

}  // namespace floe::bench
