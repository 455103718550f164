// Which pairs wait for others of their foundation (RFC 8445, sections 6.1.2.6 and 6.1.4.2).
//
// The foundation of a pair is "the combination of the foundations of the local and remote
// candidates in the pair": pairs of one foundation will probably fail or succeed alike, so one of
// them is checked and the others are frozen. This class only answers; CheckList changes the states.
#pragma once

#include <span>

#include "floe/ice/candidate_pair.h"
#include "local_candidates.h"
#include "remote_candidates.h"

namespace floe::ice {

class PairFoundations {
 public:
  /// Views of all pairs and of their candidates.
  PairFoundations(std::span<const CandidatePair> pairs, const LocalCandidates& locals,
                  const RemoteCandidates& remotes)
      : pairs_(pairs), locals_(locals), remotes_(remotes) {}

  bool are_same(const CandidatePair& a, const CandidatePair& b) const;
  /// The state of a new pair: Waiting or Frozen.
  PairState initial_state(const CandidatePair& pair) const;
  /// The pair is frozen, and no pair of its foundation is being tried.
  bool may_unfreeze(const CandidatePair& pair) const;

 private:
  std::span<const CandidatePair> pairs_;
  const LocalCandidates& locals_;
  const RemoteCandidates& remotes_;
};

}  // namespace floe::ice
