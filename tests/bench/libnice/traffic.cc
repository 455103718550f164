// libnice: what connected agents cost, idle and busy.
#include "libnice/nice_pairs.h"
#include "libnice/rows.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "measure/samples.h"

namespace floe::bench {
namespace {

constexpr std::int64_t kSecond_ns = 1'000'000'000;

}  // namespace

void measure_nice_idle(const Options& options) {
  const std::size_t agents = options.count("agents", 1000);
  NicePairs pairs;
  pairs.gather(agents / 2);
  pairs.connect(agents / 2);
  pairs.run_for(kSecond_ns);
  const std::int64_t cpu = cpu_ns();
  const std::int64_t wall = wall_ns();
  pairs.run_for(options.number("seconds", 10) * kSecond_ns);
  const auto cpu_ms = static_cast<double>(cpu_ns() - cpu) / 1e6;
  const auto seconds = static_cast<double>(wall_ns() - wall) / 1e9;
  Figures figures;
  figures.add("cpu_ms_per_s", cpu_ms / seconds);
  figures.add("cpu_us_per_agent_s", cpu_ms * 1e3 / seconds / static_cast<double>(agents));
  figures.print();
}

void measure_nice_round_trip(const Options& options) {
  const std::size_t rounds = options.count("rounds", 20'000);
  const std::vector<std::uint8_t> payload(options.count("bytes", 100), 0x80);
  NicePairs pairs;
  pairs.gather(1);
  pairs.connect(1);
  NicePair& pair = pairs.pair(0);
  std::size_t returned = 0;
  pair.right.on_data = [&](std::span<const std::uint8_t> bytes) { pair.right.send(bytes); };
  pair.left.on_data = [&](std::span<const std::uint8_t>) { ++returned; };
  Samples samples;
  for (std::size_t round = 1; round <= rounds; ++round) {
    const std::int64_t start = wall_ns();
    require(pair.left.send(payload), "not sent");
    while (returned < round) pairs.run_once();
    samples.add(static_cast<double>(wall_ns() - start) / 1e3);
  }
  Figures figures;
  figures.add("p50_us", samples.percentile(0.5));
  figures.add("p95_us", samples.percentile(0.95));
  figures.print();
}

void measure_nice_datagrams(const Options& options) {
  const std::size_t burst = options.count("burst", 32);
  const std::size_t bursts = options.count("datagrams", 100'000) / burst;
  const std::vector<std::uint8_t> payload(options.count("bytes", 1200), 0x80);
  NicePairs pairs;
  pairs.gather(1);
  pairs.connect(1);
  NicePair& pair = pairs.pair(0);
  std::size_t arrived = 0;
  pair.right.on_data = [&](std::span<const std::uint8_t>) { ++arrived; };
  const std::int64_t cpu = cpu_ns();
  for (std::size_t sent = 1; sent <= bursts; ++sent) {
    for (std::size_t i = 0; i < burst; ++i) require(pair.left.send(payload), "not sent");
    while (arrived < sent * burst) pairs.run_once();
  }
  const auto cpu_us = static_cast<double>(cpu_ns() - cpu) / 1e3;
  Figures figures;
  figures.add("cpu_us", cpu_us / static_cast<double>(bursts * burst));
  figures.print();
}

}  // namespace floe::bench
