// How a lite agent selects pairs: it sends no checks, so it goes by those of its peer (RFC 8445,
// sections 7.3.2 and 8.2).
#pragma once

#include "heard_check.h"
#include "nominator.h"

namespace floe::ice {

class LiteSelection {
 public:
  /// A view of the objects passed by reference, made when it is needed.
  LiteSelection(Role role, CheckList& pairs, Paths& paths, Nominator& nominator)
      : role_(role), pairs_(pairs), paths_(paths), nominator_(nominator) {}

  /// Section 7.3.2: USE-CANDIDATE in the peer's check makes the pair valid and nominated.
  ///
  /// Deviation: a check without it on another path counts, too, when the selected one is silent:
  /// the peer has moved, or its NAT has, and for the peer it is the pair that it nominated.
  void handle_check(Timestamp now, PairIndex index, const HeardCheck& check);
  /// Two lite agents send no checks; each selects the pair of highest priority.
  ///
  /// Deviation: (section 8.2) "it is RECOMMENDED that an agent follow the procedures of RFC 6724
  /// [RFC6724] to select a pair", and then "the controlling agent MUST send an updated candidate
  /// list to reconcile different agents selecting different candidate pairs". Nothing is to be
  /// reconciled here: both compute the same priorities of pairs, and the hosts' own order (RFC
  /// 6724) is in the priorities of their candidates.
  void select_highest(Timestamp now);

 private:
  void succeed(PairIndex index);

  Role role_;
  CheckList& pairs_;
  Paths& paths_;
  Nominator& nominator_;
};

}  // namespace floe::ice
