// What a connected agent with one pair holds, and with layers=2 its DTLS.
#include "measure/memory_use.h"

#include "measure/figures.h"
#include "native_pairs.h"
#include "rows.h"

namespace floe::bench {

void measure_memory(const Options& options) {
  const std::size_t agents = options.count("agents", 1000);
  NativePairsOptions pairs_options;
  pairs_options.layers = layers_of(options);
  NativePairs pairs(pairs_options);
  pairs.gather(1);  // buffers and tables that all share
  pairs.connect(1);
  const MemoryUse before = MemoryUse::now();
  pairs.gather(agents / 2);
  const MemoryUse gathered = MemoryUse::now();
  pairs.connect(agents / 2);
  const MemoryUse after = MemoryUse::now();

  const auto each = static_cast<double>(agents);
  Figures figures;
  figures.add("gathered_heap_bytes", (gathered.heap_bytes - before.heap_bytes) / each);
  figures.add("heap_bytes", (after.heap_bytes - before.heap_bytes) / each);
  figures.add("resident_bytes", (after.resident_bytes - before.resident_bytes) / each);
  figures.print();
}

}  // namespace floe::bench
