// How long a datagram takes through a connected pair and back, in one thread.
#include "measure/clocks.h"
#include "measure/figures.h"
#include "measure/samples.h"
#include "native_pairs.h"
#include "rows.h"

namespace floe::bench {
namespace {

/// The right ends send back what they get; the left ones count.
class Echo final : public EndpointListener {
 public:
  explicit Echo(NativePair& pair) : pair_(pair) {}

  void on_data(Endpoint& endpoint, Bytes payload) override {
    if (&endpoint == &pair_.right) {
      pair_.right.send(payload);
    } else {
      ++returned_;
    }
  }
  std::size_t returned() const { return returned_; }

 private:
  NativePair& pair_;
  std::size_t returned_ = 0;
};

}  // namespace

void measure_round_trip(const Options& options) {
  const std::size_t rounds = options.count("rounds", 50'000);
  NativePairs pairs;
  pairs.gather(1);
  pairs.connect(1);
  Echo echo(pairs.pair(0));
  pairs.data_listener = &echo;
  // Not 0 to 3, which would look like STUN.
  const ByteVector payload(options.count("bytes", 100), 0x80);
  Samples samples;
  for (std::size_t round = 1; round <= rounds; ++round) {
    const std::int64_t start = wall_ns();
    require(pairs.pair(0).left.send(payload), "not sent");
    while (echo.returned() < round) pairs.host().loop().run_once();
    samples.add(static_cast<double>(wall_ns() - start) / 1e3);
  }
  Figures figures;
  figures.add("p50_us", samples.percentile(0.5));
  figures.add("p95_us", samples.percentile(0.95));
  figures.print();
}

}  // namespace floe::bench
