// How long two agents take from the exchange of descriptions until both have a nominated pair.
#include "measure/clocks.h"
#include "measure/figures.h"
#include "measure/samples.h"
#include "native_pairs.h"
#include "rows.h"

namespace floe::bench {

/// late_ms=0: both descriptions arrive at once. Else the answer comes that much later, and the time
/// counts from the answer.
void measure_connect(const Options& options) {
  const Duration late = std::chrono::milliseconds(options.number("late_ms", 0));
  NativePairsOptions pairs_options;
  pairs_options.pacing.strict = options.number("strict", 0) != 0;
  NativePairs pairs(pairs_options);
  Samples samples;
  double checks = 0;
  const std::size_t rounds = options.count("rounds", 200);
  for (std::size_t round = 0; round < rounds; ++round) {
    pairs.gather(1);
    NativePair& pair = pairs.pair(0);
    std::int64_t start = wall_ns();
    pair.left.describe_to(pair.right);
    if (late > Duration::zero()) {
      pairs.run_for(late);
      start = wall_ns();
    }
    pair.right.describe_to(pair.left);
    pairs.run_until([&] { return pair.is_connected(); });
    samples.add(static_cast<double>(wall_ns() - start) / 1e6);
    checks += static_cast<double>(pair.left.agent().counters().checks_sent +
                                  pair.right.agent().counters().checks_sent);
    pairs.clear();
  }
  Figures figures;
  figures.add("p50_ms", samples.percentile(0.5));
  figures.add("p95_ms", samples.percentile(0.95));
  figures.add("checks", checks / static_cast<double>(rounds));
  figures.print();
}

}  // namespace floe::bench
