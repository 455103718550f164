// What a handshake costs both ends together.
#include "dtls/two_sessions.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "measure/samples.h"
#include "rows.h"

namespace floe::bench {

void measure_dtls_handshakes(const Options& options) {
  const std::size_t count = options.count("count", 30);
  TwoSessions().connect();  // makes the certificates
  Samples took_ms;
  for (std::size_t i = 0; i < count; ++i) {
    TwoSessions sessions;
    const std::int64_t start = cpu_ns();
    sessions.connect();
    took_ms.add(static_cast<double>(cpu_ns() - start) / 1e6);
  }
  Figures figures;
  figures.add("both_ms", took_ms.percentile(0));
  figures.print();
}

}  // namespace floe::bench
