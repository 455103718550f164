// What a datagram costs from one end of a connected pair to the other, sending and receiving.
#include "measure/clocks.h"
#include "measure/figures.h"
#include "native_pairs.h"
#include "rows.h"

namespace floe::bench {
namespace {

class Counter final : public EndpointListener {
 public:
  void on_data(Endpoint&, Bytes) override { ++arrived; }
  std::size_t arrived = 0;
};

}  // namespace

/// `burst` datagrams are sent before the loop runs; segmentation=1 allows UDP_SEGMENT; layers=2
/// encrypts.
void measure_datagrams(const Options& options) {
  const std::size_t burst = options.count("burst", 32);
  const std::size_t bursts = options.count("datagrams", 200'000) / burst;
  NativePairsOptions pairs_options;
  pairs_options.udp.segmentation = options.number("segmentation", 0) != 0;
  pairs_options.layers = layers_of(options);
  NativePairs pairs(pairs_options);
  pairs.gather(1);
  pairs.connect(1);
  Counter counter;
  pairs.data_listener = &counter;
  const ByteVector payload(options.count("bytes", 1200), 0x80);
  const native::UdpStatistics before = pairs.host().udp_sockets().statistics();
  const std::int64_t wall = wall_ns();
  const std::int64_t cpu = cpu_ns();
  for (std::size_t sent = 1; sent <= bursts; ++sent) {
    for (std::size_t i = 0; i < burst; ++i) {
      require(pairs.pair(0).left.send(payload), "not sent");
    }
    pairs.run_until([&] { return counter.arrived == sent * burst; });
  }
  const auto cpu_us = static_cast<double>(cpu_ns() - cpu) / 1e3;
  const auto wall_s = static_cast<double>(wall_ns() - wall) / 1e9;
  const native::UdpStatistics after = pairs.host().udp_sockets().statistics();

  const auto datagrams = static_cast<double>(bursts * burst);
  Figures figures;
  figures.add("cpu_us", cpu_us / datagrams);
  figures.add("cpu_ns_per_byte", cpu_us * 1e3 / datagrams / static_cast<double>(payload.size()));
  figures.add("datagrams_per_s", datagrams / wall_s);
  figures.add("send_calls", static_cast<double>(after.send_calls - before.send_calls) / datagrams);
  figures.add("receive_calls",
              static_cast<double>(after.receive_calls - before.receive_calls) / datagrams);
  figures.print();
}

}  // namespace floe::bench
