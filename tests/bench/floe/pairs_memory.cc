// What an agent with many pairs holds, before and while its checks get no answer.
#include <algorithm>
#include <deque>

#include "many_candidates.h"
#include "measure/figures.h"
#include "measure/memory_use.h"
#include "rows.h"

namespace floe::bench {

void measure_pairs_memory(const Options& options) {
  const std::size_t candidates = options.count("candidates", 4);
  const std::size_t agents = options.count("agents", 50);
  ManyCandidates peer(ice::Role::controlled, 1, candidates);
  const std::string description = peer.announce();
  {
    ManyCandidates first(ice::Role::controlling, 2, candidates);  // what all share
    first.handle_message(description);
  }
  const MemoryUse before = MemoryUse::now();
  std::deque<ManyCandidates> all;
  for (std::size_t i = 0; i < agents; ++i) {
    ManyCandidates& agent = all.emplace_back(ice::Role::controlling, 2, candidates);
    agent.handle_message(description);
    agent.run_for(Duration::zero());
  }
  const double described = MemoryUse::now().heap_bytes;
  double failing = 0;
  for (int second = 0; second < 60; ++second) {
    for (ManyCandidates& agent : all) agent.run_for(1s);
    failing = std::max(failing, MemoryUse::now().heap_bytes);
  }
  for (ManyCandidates& agent : all) agent.run_for(10min);
  const double failed = MemoryUse::now().heap_bytes;

  const auto each = [&](double bytes) {
    return (bytes - before.heap_bytes) / static_cast<double>(agents);
  };
  Figures figures;
  figures.add("described_heap_bytes", each(described));
  figures.add("failing_heap_bytes", each(failing));
  figures.add("failed_heap_bytes", each(failed));
  figures.print();
}

}  // namespace floe::bench
