// What all pairs of one candidate need when they are added to a check list, found once for all of
// them.
//
// With 64 candidates on each side, 4,096 pairs ask for a place and 100 of them get one: so what a
// refused pair costs must not depend on the length of the list.
#pragma once

#include <optional>

#include "check_list.h"
#include "fair_shares.h"
#include "pair_kind.h"

namespace floe::ice {

class PairIntake {
 public:
  using Worth = FairShares::Worth;

  /// Valid until something other than its own pairs changes the list, which must outlive it. Each
  /// pair of the candidate may be added once.
  PairIntake(const CheckList& pairs, LocalIndex local);
  PairIntake(const CheckList& pairs, RemoteIndex remote);
  /// For one pair, of any candidates.
  explicit PairIntake(const CheckList& pairs) : pairs_(pairs), is_new_(false) {}

  /// No pair had the candidate when it came.
  bool is_new() const { return is_new_; }
  /// The place for a new pair: the end of the list, or if that is full, the place of a pair that
  /// makes room. Nothing if none is worth less.
  std::optional<PairIndex> place_for(const PairKind& kind, Worth worth);
  /// The place is given to a pair that waits for its check, or is frozen.
  void take(PairIndex place, const PairKind& kind, Worth worth);

 private:
  struct Refusal {
    PairKind kind;
    Worth worth;
  };

  FairShares shares(bool with_checked) const;

  const CheckList& pairs_;
  bool is_new_;
  std::optional<FairShares> shares_;  // once the list is full
  std::optional<Refusal> refusal_;    // no place was taken since
};

}  // namespace floe::ice
