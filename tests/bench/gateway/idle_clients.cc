// What a relay keeps for a client that is just there.
#include "gateway/idle_crowd.h"
#include "gateway/rows.h"
#include "measure/figures.h"
#include "measure/other_process.h"

namespace floe::bench {

void measure_idle_clients(const Options& options) {
  const OtherProcess server(options.number("pid", 0));
  const std::size_t count = options.count("count", 1000);
  // The first ones make the relay grow whatever it needs once.
  IdleCrowd crowd(Relay(options), 100);
  const double before = server.settled_resident_bytes();
  crowd.add(count);
  Figures figures;
  figures.add("clients", static_cast<double>(count));
  figures.add("resident_bytes",
              (server.settled_resident_bytes() - before) / static_cast<double>(count));
  figures.print();
}

}  // namespace floe::bench
