// What a datagram of data costs at either end of a secured association.
#include <algorithm>
#include <vector>

#include "dtls/two_sessions.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "rows.h"

namespace floe::bench {

/// bytes=, count=: CPU of sealing and of opening one, of the quickest of ten times as many.
void measure_dtls_datagrams(const Options& options) {
  const ByteVector data(options.count("bytes", 1200), 'x');
  const std::size_t count = options.count("count", 2'000);
  TwoSessions sessions;
  sessions.connect();
  double seal_us = 1e9;
  double open_us = 1e9;
  // Kept from round to round, so that no round waits for memory of the system.
  std::vector<ByteVector> sealed(count);
  for (int round = 0; round < 10; ++round) {
    const std::int64_t start = cpu_ns();
    for (ByteVector& datagram : sealed) datagram = sessions.seal(data);
    const std::int64_t between = cpu_ns();
    std::size_t opened = 0;
    for (const ByteVector& datagram : sealed) opened += sessions.open(datagram);
    const std::int64_t end = cpu_ns();
    require(opened == count * data.size(), "not all were opened");
    const auto each = static_cast<double>(count) * 1e3;
    seal_us = std::min(seal_us, static_cast<double>(between - start) / each);
    open_us = std::min(open_us, static_cast<double>(end - between) / each);
  }
  Figures figures;
  figures.add("seal_us", seal_us);
  figures.add("open_us", open_us);
  figures.print();
}

}  // namespace floe::bench
