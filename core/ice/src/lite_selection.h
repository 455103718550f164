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
  /// Section 8.2: two lite agents send no checks; each selects the pair of highest priority, which
  /// is the same for both.
  void select_highest(Timestamp now);

 private:
  void succeed(PairIndex index);

  Role role_;
  CheckList& pairs_;
  Paths& paths_;
  Nominator& nominator_;
};

}  // namespace floe::ice
