// A client that sends without a window and reads everything: how much of what its peer sends back
// comes. A relay that takes more from its client than it can bring back loses on the way back.
#include "gateway/load.h"
#include "gateway/rows.h"
#include "measure/figures.h"

namespace floe::bench {

void measure_flood(const Options& options) {
  const std::size_t size = options.count("size", 100);
  Load load(Relay(options), 1, 1, {size, size});
  const std::int64_t ms = options.number("ms", 1500);
  load.flood(ms * 1'000'000);
  Figures figures;
  const auto sent = static_cast<double>(load.sent());
  const auto echoed = static_cast<double>(load.relayed() - load.returned());
  figures.add("sent_per_s", sent * 1e3 / static_cast<double>(ms));
  figures.add("reached_percent", 100 * echoed / sent);
  figures.add("came_back_percent", 100 * static_cast<double>(load.returned()) / echoed);
  figures.print();
}

}  // namespace floe::bench
