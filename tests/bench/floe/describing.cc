// What a candidate costs when two agents tell each other theirs.
#include "floe/ice/limits.h"
#include "many_candidates.h"
#include "measure/clocks.h"
#include "measure/figures.h"
#include "rows.h"

namespace floe::bench {

/// The controlled agent's part: to read the peer's description, to take its candidates, to pair
/// them with as many of its own, and to write its own description.
void measure_describing(const Options& options) {
  const std::size_t candidates = options.count("candidates", 8);
  const std::size_t rounds = options.count("rounds", 200);
  const std::size_t pairs = std::min(candidates * candidates, ice::kPairsMax);
  std::int64_t spent = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    ManyCandidates offerer(ice::Role::controlling, 1, candidates);
    ManyCandidates answerer(ice::Role::controlled, 2, candidates);
    const std::string offer = offerer.announce();
    const std::int64_t start = cpu_ns();
    answerer.handle_message(offer);
    const std::string answer = answerer.announce();
    spent += cpu_ns() - start;
    require(answerer.agent().pairs().size() == pairs, "not all pairs were formed");
    require(answer.size() > candidates * 50, "not all candidates were described");
  }
  const double us = static_cast<double>(spent) / 1e3 / static_cast<double>(rounds);
  Figures figures;
  figures.add("describing_us", us);
  figures.add("candidate_us", us / static_cast<double>(candidates));
  figures.print();
}

}  // namespace floe::bench
