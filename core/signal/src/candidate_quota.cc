#include "candidate_quota.h"

#include <algorithm>

#include "floe/signal/limits.h"

namespace floe::signal {

CandidateQuota::Generation& CandidateQuota::find(std::string_view ufrag) {
  const auto known = std::ranges::find(generations_, ufrag, &Generation::ufrag);
  if (known != generations_.end()) return *known;
  if (generations_.size() == kGenerationsCounted) generations_.erase(generations_.begin());
  return generations_.emplace_back(Generation{std::string(ufrag), 0});
}

bool CandidateQuota::add_one(std::string_view ufrag) {
  Generation& generation = find(ufrag);
  if (generation.count == kCandidatesMax) return false;
  ++generation.count;
  return true;
}

bool CandidateQuota::add_description(std::string_view ufrag, std::size_t candidates) {
  if (candidates > kCandidatesMax) return false;
  Generation& generation = find(ufrag);
  generation.count = std::max(generation.count, candidates);
  return true;
}

}  // namespace floe::signal
